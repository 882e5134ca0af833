internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The existing security groups with their rules.
    static let securityGroups = PreflightCheck(name: "security groups") { subject in
        let sets = subject.securityGroupSets
        let ids = Set(sets.flatMap(\.ids)).sorted()
        guard !ids.isEmpty else { return [] }
        let answer = try await subject.client.send(DescribeSecurityGroupsInput(groupIDs: ids))
        let groups = Dictionary(answer.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return sets.flatMap { subject.judge($0, groups) }
    }
}

/// Security groups that are used together.
private struct SecurityGroupSet {
    let path: String
    let ids: [String]
    let usesEFA: Bool
}

extension PreflightSubject {
    fileprivate var securityGroupSets: [SecurityGroupSet] {
        let shared = SecurityGroupSet(
            path: "vpc.security_group_ids", ids: stack.vpc.securityGroupIDs.map(\.text),
            usesEFA: groups.contains { ($0.facts?.efaInterfaces ?? 0) > 0 })
        let own = stack.instanceGroups.enumerated().map { index, group in
            SecurityGroupSet(
                path: "instance_groups[\(index)].security_group_ids", ids: group.securityGroupIDs.map(\.text),
                usesEFA: (group.types.first?.facts?.efaInterfaces ?? 0) > 0)
        }
        return ([shared] + own).filter { !$0.ids.isEmpty }
    }

    fileprivate func judge(
        _ set: SecurityGroupSet, _ groups: [String: DescribeSecurityGroupsInput.Group]
    ) -> [Diagnostic] {
        set.ids.enumerated().flatMap { index, id -> [Diagnostic] in
            let path = "\(set.path)[\(index)]"
            guard let group = groups[id] else {
                return [finding(.securityGroup, "there is no security group `\(id)` in \(region)", at: path)]
            }
            if let vpc = stack.vpc.id?.text, group.vpcID != vpc {
                return [
                    finding(
                        .securityGroup, "the security group `\(id)` is in `\(group.vpcID)`, not in `\(vpc)`", at: path)
                ]
            }
            return missingRules(of: group, towards: set.ids, usesEFA: set.usesEFA, at: path)
        }
    }

    /// EFA only passes rules between security groups, in both directions; a range does not do.
    /// Source: "Prerequisites for using SageMaker HyperPod", Amazon SageMaker AI Developer Guide.
    private func missingRules(
        of group: DescribeSecurityGroupsInput.Group, towards ids: [String], usesEFA: Bool, at path: String
    ) -> [Diagnostic] {
        let directions = [("from", "in", group.ingress), ("to", "out", group.egress)]
        return directions.compactMap { word, direction, permissions in
            let missing = ids.filter { id in !permissions.contains { $0.isEverything && $0.groupIDs.contains(id) } }
            guard !missing.isEmpty else { return nil }
            if direction == "out", !usesEFA, permissions.contains(where: { $0.isEverything && $0.reachesEverywhere }) {
                return nil
            }
            return finding(
                .securityGroupRules,
                "`\(group.id)` does not let everything \(direction) \(word) \(missing.joined(separator: ", "))",
                at: path,
                severity: usesEFA ? .error : .warning,
                notes: usesEFA ? ["EFA needs a rule between the groups themselves, in both directions"] : [],
                fix: "add a rule for all traffic \(word) \(missing.joined(separator: ", ")) to `\(group.id)`")
        }
    }
}

extension DescribeSecurityGroupsInput.Permission {
    fileprivate var isEverything: Bool { ipProtocol == "-1" }
    fileprivate var reachesEverywhere: Bool { cidrs.contains("0.0.0.0/0") }
}
