internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The quotas `ml.<type> for cluster usage` against the nodes that are there and those that are added.
    static let instanceQuotas = PreflightCheck(name: "instance quotas") { subject in
        let groups = subject.groups.filter { $0.count > 0 && !$0.hasOwnQuota }
        let own = subject.groups.filter { $0.added > 0 && $0.hasOwnQuota }
        let notes = own.map {
            subject.unasked(
                "the quota of `\($0.name)` was not checked",
                because: "training plans and spot capacity have quotas of their own", at: $0.typePath)
        }
        guard groups.contains(where: { $0.added > 0 }) else { return notes }
        let names = Set(groups.flatMap(\.types).map(InstanceQuotas.name))
        let quotas = InstanceQuotas(
            quotas: try await subject.client.quotas(of: "sagemaker", named: names), used: try await subject.usedNodes())
        return subject.judge(groups, quotas) + notes
    }
}

/// The quotas of nodes by type, and how much of them is in use.
private struct InstanceQuotas {
    let quotas: [String: ServiceQuota]
    let used: [String: Int]

    /// The quota's name (AWS docs: Prerequisites for using SageMaker HyperPod).
    static func name(of type: InstanceType) -> String { "\(type.text) for cluster usage" }

    func quota(of type: InstanceType) -> ServiceQuota? { quotas[Self.name(of: type)] }

    /// How many nodes can be added; `nil` where there is no quota of the name.
    func free(_ type: InstanceType) -> Int? {
        quota(of: type).map { max(0, Int($0.value) - (used[type.text] ?? 0)) }
    }
}

extension PreflightSubject {
    /// The nodes of every HyperPod cluster of the region that count against the quotas, by type.
    fileprivate func usedNodes() async throws -> [String: Int] {
        var used: [String: Int] = [:]
        for summary in try await client.hyperPodClusters() {
            let cluster = try await client.send(DescribeHyperPodClusterInput(clusterName: summary.clusterArn))
            for group in cluster.allGroups where !group.hasOwnQuota {
                guard let type = group.instanceType else { continue }
                used[type, default: 0] += group.nodeCount
            }
        }
        return used
    }

    fileprivate func judge(_ groups: [NodeDemand], _ quotas: InstanceQuotas) -> [Diagnostic] {
        let single = groups.filter { $0.types.count == 1 }
        var found: [Diagnostic] = []
        var judged: Set<String> = []
        for group in single {
            guard let type = group.types.first, judged.insert(type.text).inserted else { continue }
            let sharing = single.filter { $0.types == [type] }
            found += judge(type, sharing, quotas)
        }
        // Groups with several types take from each what there is.
        for group in groups where group.types.count > 1 {
            let free = group.types.compactMap(quotas.free).reduce(0, +)
            guard free < group.added else { continue }
            let wanted = standing == nil ? "that are asked for" : "that are added"
            found.append(
                finding(
                    .instanceQuota, "the quotas of its types leave \(free) nodes of the \(group.added) \(wanted)",
                    at: group.typePath))
        }
        return found
    }

    private func judge(_ type: InstanceType, _ groups: [NodeDemand], _ quotas: InstanceQuotas) -> [Diagnostic] {
        let path = groups.first?.typePath ?? "instance_groups"
        // What one group loses another may take.
        let (wanted, own) = (groups.map(\.count).reduce(0, +), standing?.nodes(ofType: type.text) ?? 0)
        guard wanted > own else { return [] }
        guard let quota = quotas.quota(of: type) else {
            let reason = "Service Quotas has no quota `\(InstanceQuotas.name(of: type))` in \(region)"
            return [unasked("the quota of \(type.text) was not checked", because: reason, at: path)]
        }
        let (needed, used) = (wanted - own, quotas.used[type.text] ?? 0)
        guard needed + used > Int(quota.value) else { return [] }
        let verb = needed == 1 ? "is" : "are"
        let need =
            standing == nil
            ? "\(used) are in use, and \(needed) \(verb) needed"
            : "\(used) are in use, \(own) of them by this stack, and \(needed) more \(verb) needed"
        let names = groups.map { "`\($0.name)` \($0.count)" }.joined(separator: ", ")
        return [
            finding(
                .instanceQuota,
                "the quota `\(quota.quotaName)` is \(Int(quota.value)), \(need)", at: path,
                notes: groups.count > 1 ? ["the groups: \(names)"] : [],
                fix: ServiceQuota.request("sagemaker", quota, needed + used))
        ]
    }
}

extension ServiceQuota {
    /// How to ask for more.
    static func request(_ service: String, _ quota: ServiceQuota, _ value: Int) -> String {
        "aws service-quotas request-service-quota-increase --service-code \(service) "
            + "--quota-code \(quota.quotaCode) --desired-value \(value)"
    }
}
