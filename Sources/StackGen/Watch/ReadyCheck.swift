internal import AWS

/// What CloudFormation does not look at when it says that a stack is complete: nodes, add-ons, file systems.
public struct ReadyCheck: Codable, Sendable, Equatable {
    /// What was looked at, such as `instance group gpu-workers`.
    public var subject: String
    /// Whether it is as it should be.
    public var isReady: Bool
    /// How it is.
    public var detail: String

    private enum CodingKeys: String, CodingKey {
        case subject
        case isReady = "is_ready"
        case detail
    }

    /// Looks at everything of a stack. What the caller may not ask, or cannot ask now, is told as such: the stack is
    /// complete all the same.
    static func all(of stack: Stack, _ client: AWSClient) async -> [ReadyCheck] {
        guard let resources = try? await client.stackResources(of: stack.id) else { return [] }
        func ids(_ type: String) -> [String] {
            resources.filter { $0.resourceType == type }.compactMap(\.physicalResourceID)
        }
        var checks: [ReadyCheck] = []
        for id in ids("AWS::SageMaker::Cluster") {
            checks += await asking("HyperPod cluster") { try await groups(of: id, client) }
        }
        let cluster = stack.outputs.first { $0.key == "EksClusterName" }?.value ?? ids("AWS::EKS::Cluster").first
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
        let fileSystems = ids("AWS::FSx::FileSystem")
        guard !fileSystems.isEmpty else { return checks }
        return checks
            + (await asking("file system") {
                try await client.send(DescribeFileSystemsInput(fileSystemIDs: fileSystems)).fileSystems.map {
                    let state = $0.lifecycle ?? "unknown"
                    return ReadyCheck(
                        subject: "file system \($0.fileSystemId)", isReady: state == "AVAILABLE", detail: state)
                }
            })
    }

    /// Each group of a HyperPod cluster: the nodes that are there and run, against those that should be.
    private static func groups(of cluster: String, _ client: AWSClient) async throws -> [ReadyCheck] {
        let description = try await client.send(DescribeHyperPodClusterInput(clusterName: cluster))
        let nodes = try await client.clusterNodes(of: cluster)
        return (description.instanceGroups ?? []).map { group in
            let name = group.instanceGroupName ?? ""
            let own = nodes.filter { $0.instanceGroupName == name }
            let running = own.count { $0.instanceStatus.status == "Running" }
            let target = group.targetCount ?? 0
            let why = own.first { $0.instanceStatus.message?.isEmpty == false }?.instanceStatus.message
            return ReadyCheck(
                subject: "instance group \(name)", isReady: running >= target,
                detail: "\(running) of \(target) nodes running" + (why.map { "; \($0)" } ?? ""))
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
