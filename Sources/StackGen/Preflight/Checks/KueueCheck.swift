internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightSubject {
    /// The add-on of task governance, which brings a Kueue of its own.
    static let governanceAddon = "amazon-sagemaker-hyperpod-taskgovernance"

    /// A Kueue on an existing cluster that is not the one of task governance, where the template installs that.
    func foreignKueue(
        in cluster: DescribeEKSClusterInput.Cluster, _ installed: Set<String>
    ) async throws -> [Diagnostic] {
        guard !installed.contains(Self.governanceAddon), plannedAddons.contains(Self.governanceAddon) else { return [] }
        struct Deployment: Decodable {
            struct Metadata: Decodable { let namespace: String? }
            let metadata: Metadata
        }
        let path = "task_governance"
        do {
            let found = try await KubernetesAPI.asking(cluster, client, host) {
                try await $0.list(
                    "/apis/apps/v1/deployments", query: [("fieldSelector", "metadata.name=kueue-controller-manager")],
                    of: Deployment.self)
            }
            return found.prefix(1).map { deployment in
                let namespace = deployment.metadata.namespace ?? "default"
                return finding(
                    .addonThere, "the cluster has a Kueue already, in the namespace `\(namespace)`", at: path,
                    notes: ["task governance brings its own, and two do not go together"],
                    fix: "remove it from the cluster, or leave task_governance out")
            }
        } catch let silence as KubernetesAPI.Silence {
            return [
                unasked(
                    "whether the cluster has a Kueue already was not checked", because: silence.description, at: path)
            ]
        }
    }
}
