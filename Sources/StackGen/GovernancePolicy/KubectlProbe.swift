internal import AWS
internal import Foundation
internal import StackSchemas

/// Looks into the cluster with the person's own kubectl, where it is set up for this very cluster.
struct KubectlProbe: Sendable {
    let host: Host

    /// A Kueue that was installed by other means than the add-on: `namespace/name`. Nil where there is none, or
    /// nobody can look.
    func foreignKueue(of cluster: DescribeEKSClusterInput.Cluster) async -> String? {
        guard await isSetUp(for: cluster) else { return nil }
        let answer = await json(["get", "deployments", "--all-namespaces", "-l", "app.kubernetes.io/name=kueue"])
        guard let items = answer?["items"] as? [[String: Any]], let meta = items.first?["metadata"] as? [String: Any],
            let name = meta["name"] as? String
        else { return nil }
        return "\(meta["namespace"] as? String ?? "")/\(name)"
    }

    /// The cluster queues, as Kubernetes has them; nil where nobody can look.
    func clusterQueues(of cluster: DescribeEKSClusterInput.Cluster) async -> [[String: Any]]? {
        guard await isSetUp(for: cluster) else { return nil }
        return await json(["get", "clusterqueues.kueue.x-k8s.io"])?["items"] as? [[String: Any]]
    }

    /// Whether kubectl is there and its present context is this cluster's.
    private func isSetUp(for cluster: DescribeEKSClusterInput.Cluster) async -> Bool {
        guard let endpoint = cluster.endpoint, let view = await json(["config", "view", "--minify"]),
            let clusters = view["clusters"] as? [[String: Any]],
            let server = (clusters.first?["cluster"] as? [String: Any])?["server"] as? String
        else { return false }
        return server.lowercased() == endpoint.lowercased()
    }

    private func json(_ arguments: [String]) async -> [String: Any]? {
        guard
            let outcome = try? await host.environment.run(["kubectl"] + arguments + ["-o", "json"]),
            outcome.status == 0
        else { return nil }
        return (try? JSONSerialization.jsonObject(with: outcome.output)) as? [String: Any]
    }
}
