internal import AWS
internal import Diagnostics
internal import StackSchemas

/// What is there: the cluster, its add-on, its policy and its quotas.
struct LivePolicy {
    /// The HyperPod cluster.
    let cluster: DescribeHyperPodClusterInput.Output
    /// The EKS cluster under it.
    let eks: DescribeEKSClusterInput.Cluster
    /// The add-on; nil where it is not installed.
    let addon: EKSAddon?
    /// The cluster's policies; there is one at most, unless somebody made a mistake.
    let policies: [ClusterSchedulerPolicy]
    /// The quotas of the cluster.
    let quotas: [ComputeQuota]

    /// The add-on of task governance (AWS docs: Set up task governance).
    static let addonName = "amazon-sagemaker-hyperpod-taskgovernance"

    /// Asks for everything.
    /// - Parameters:
    ///   - cluster: a name or an ARN.
    ///   - eksCluster: the EKS cluster, where the configuration names one.
    /// - Throws: `WorkflowError` (`GOV051`, `GOV052`) when there is no such cluster or it is no EKS one.
    static func read(cluster: String, eksCluster: String?, _ client: AWSClient) async throws -> LivePolicy {
        let found: DescribeHyperPodClusterInput.Output
        do {
            found = try await client.send(DescribeHyperPodClusterInput(clusterName: cluster))
        } catch let error as AWSServiceError where error.isNotFound {
            throw await noCluster(cluster, client)
        }
        guard let arn = found.orchestrator?.eks?.clusterArn else {
            throw WorkflowError(
                .preflight, PolicyRule.notEKS.finding("the cluster `\(cluster)` is not orchestrated by EKS"))
        }
        let name = eksCluster ?? String(arn.split(separator: "/").last ?? "")
        let eks = try await client.send(DescribeEKSClusterInput(clusterName: name))
        let policies = try await client.schedulerPolicies(ofCluster: found.clusterArn)
        var described: [ClusterSchedulerPolicy] = []
        for policy in policies where policy.status.rawValue != "Deleted" {
            described.append(
                try await client.send(DescribeClusterSchedulerConfigInput(clusterSchedulerConfigId: policy.id)))
        }
        return LivePolicy(
            cluster: found, eks: eks, addon: try await addon(of: name, client), policies: described,
            quotas: try await client.computeQuotas(ofCluster: found.clusterArn).filter {
                $0.status.rawValue != "Deleted"
            })
    }

    /// The add-on; nil where it is not installed.
    static func addon(of cluster: String, _ client: AWSClient) async throws -> EKSAddon? {
        do {
            return try await client.send(DescribeAddonInput(clusterName: cluster, addonName: addonName))
        } catch let error as AWSServiceError where error.isNotFound {
            return nil
        }
    }

    /// The machine types of the cluster with the number of nodes.
    var capacity: [String: Int] {
        var nodes: [String: Int] = [:]
        for group in cluster.instanceGroups ?? [] {
            guard let type = group.instanceType else { continue }
            nodes[type, default: 0] += group.targetCount ?? group.currentCount ?? 0
        }
        return nodes
    }

    private static func noCluster(_ name: String, _ client: AWSClient) async -> WorkflowError {
        let known = (try? await client.send(ListHyperPodClustersInput()))?.clusterSummaries.map(\.clusterName) ?? []
        let nearest = Spelling.nearest(to: name, in: known)
        let region = client.configuration.endpoint(for: .sageMaker).region
        return WorkflowError(
            .preflight,
            PolicyRule.noCluster.finding(
                "there is no HyperPod cluster `\(name)` in \(region)",
                label: nearest.map { "did you mean `\($0)`?" },
                notes: known.isEmpty ? [] : [Diagnostic.Note("there are \(known.sorted().joined(separator: ", "))")],
                fix: nearest.map { Diagnostic.Fix("write `cluster: \($0)`") }))
    }
}

extension AWSServiceError {
    /// Whether a service says that something does not exist; SageMaker says so with a validation error as well.
    var isNotFound: Bool {
        code.hasPrefix("ResourceNotFound") || code == "ResourceNotFound"
            || (code == "ValidationException" && message.lowercased().contains("not found"))
            || (code == "ValidationException" && message.lowercased().contains("does not exist"))
    }
}
