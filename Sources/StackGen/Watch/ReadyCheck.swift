internal import AWS

/// What CloudFormation does not look at when it says that a stack is complete: nodes, add-ons, file systems.
public struct ReadyCheck: Codable, Sendable, Equatable {
    /// What was looked at, such as `instance group gpu-workers`.
    public var subject: String
    /// Whether it is as it should be.
    public var isReady: Bool
    /// How it is.
    public var detail: String
    /// What could not be asked about it, and why; `nil` where everything was asked.
    public var unasked: String?

    private enum CodingKeys: String, CodingKey {
        case subject
        case isReady = "is_ready"
        case detail
        case unasked = "not_asked"
    }

    /// Looks at everything of a stack. What the caller may not ask, or cannot ask now, is told as such: the stack is
    /// complete all the same.
    static func all(of stack: Stack, _ client: AWSClient, _ host: Host) async -> [ReadyCheck] {
        guard let resources = try? await client.stackResources(of: stack.id) else { return [] }
        func ids(_ type: String) -> [String] {
            resources.filter { $0.resourceType == type }.compactMap(\.physicalResourceID)
        }
        let cluster = stack.outputs.first { $0.key == "EksClusterName" }?.value ?? ids("AWS::EKS::Cluster").first
        var checks: [ReadyCheck] = []
        for id in ids("AWS::SageMaker::Cluster") {
            checks += await asking("HyperPod cluster") { try await groups(of: id, on: cluster, client, host) }
        }
        for id in ids("AWS::EKS::Addon") {
            // The id of an add-on is `CLUSTER|ADDON`.
            let name = id.split(separator: "|").last.map(String.init) ?? id
            guard let cluster else { continue }
            checks += await asking("add-on \(name)") {
                let addon = try await client.send(DescribeAddonInput(clusterName: cluster, addonName: name))
                return [
                    ReadyCheck(
                        subject: "add-on \(name)", isReady: addon.isActive, detail: addon.status ?? "unknown")
                ]
            }
        }
        return checks + (await fileSystems(ids("AWS::FSx::FileSystem"), client))
            + (await associations(ids("AWS::FSx::DataRepositoryAssociation"), client))
    }

    private static func fileSystems(_ ids: [String], _ client: AWSClient) async -> [ReadyCheck] {
        guard !ids.isEmpty else { return [] }
        return await asking("file system") {
            try await client.send(DescribeFileSystemsInput(fileSystemIDs: ids)).fileSystems.map {
                let state = $0.lifecycle ?? "unknown"
                return ReadyCheck(
                    subject: "file system \($0.fileSystemId)", isReady: state == "AVAILABLE", detail: state)
            }
        }
    }

    private static func associations(_ ids: [String], _ client: AWSClient) async -> [ReadyCheck] {
        guard !ids.isEmpty else { return [] }
        return await asking("data repository associations") {
            try await client.dataRepositoryAssociations(ids).map { association in
                let state = association.lifecycle ?? "unknown"
                let why = association.failureDetails?.message.map { "; \($0)" } ?? ""
                return ReadyCheck(
                    subject: "folder \(association.fileSystemPath ?? association.associationId ?? "")",
                    isReady: state == "AVAILABLE",
                    detail: "\(association.dataRepositoryPath ?? "its bucket"): \(state)\(why)")
            }
        }
    }

    /// Each group of a HyperPod cluster: the nodes that run and that Kubernetes puts pods onto, against those that
    /// should be there.
    private static func groups(
        of cluster: String, on eksCluster: String?, _ client: AWSClient, _ host: Host
    ) async throws -> [ReadyCheck] {
        let description = try await client.send(DescribeHyperPodClusterInput(clusterName: cluster))
        let nodes = try await client.clusterNodes(of: cluster)
        let schedulable = await schedulableNodes(of: eksCluster, client, host)
        return description.allGroups.map { group in
            let name = group.instanceGroupName ?? ""
            let own = nodes.filter { $0.instanceGroupName == name }
            let running = own.count { $0.instanceStatus.status == "Running" }
            let target = group.targetCount ?? 0
            var isReady = running >= target
            var detail = "\(running) of \(target) nodes running"
            var unasked: String?
            switch schedulable {
            case .success(let names):
                // HyperPod calls a node by the id of its instance.
                let count = own.count { names.contains("hyperpod-\($0.instanceID)") }
                isReady = isReady && count >= target
                detail += ", \(count) schedulable"
            case .failure(let silence): unasked = "whether Kubernetes puts pods onto the nodes: \(silence)"
            }
            let why = own.first { $0.instanceStatus.message?.isEmpty == false }?.instanceStatus.message
            return ReadyCheck(
                subject: "instance group \(name)", isReady: isReady, detail: detail + (why.map { "; \($0)" } ?? ""),
                unasked: unasked)
        }
    }

    /// The names of the nodes that take pods.
    private static func schedulableNodes(
        of cluster: String?, _ client: AWSClient, _ host: Host
    ) async -> Result<Set<String>, KubernetesAPI.Silence> {
        guard let cluster else { return .failure(.init(description: "the stack names no EKS cluster")) }
        do {
            let description = try await client.send(DescribeEKSClusterInput(clusterName: cluster))
            let nodes = try await KubernetesAPI.asking(description, client, host) {
                try await $0.list("/api/v1/nodes", of: KubernetesNode.self)
            }
            return .success(Set(nodes.filter(\.isSchedulable).map(\.metadata.name)))
        } catch let silence as KubernetesAPI.Silence {
            return .failure(silence)
        } catch let error as AWSServiceError {
            return .failure(.init(description: error.code))
        } catch {
            return .failure(.init(description: "\(error)"))
        }
    }

    private static func asking(_ subject: String, _ ask: () async throws -> [ReadyCheck]) async -> [ReadyCheck] {
        do {
            return try await ask()
        } catch let error as AWSServiceError {
            return [ReadyCheck(subject: subject, isReady: false, detail: "not checked: \(error.code)")]
        } catch {
            return [ReadyCheck(subject: subject, isReady: false, detail: "not checked")]
        }
    }
}
