internal import AWS
internal import Diagnostics
internal import StackSchemas

/// Which HyperPod cluster is meant, where nobody named one.
enum ClusterChoice {
    /// The named one, or the only one of the region.
    /// - Parameter ask: chooses between several; nil where nobody can be asked.
    /// - Throws: `WorkflowError` (`GOV051`) when there is none, or several and nobody can choose.
    static func choose(
        _ name: String?, _ client: AWSClient, ask: (@Sendable ([String]) -> String?)? = nil
    ) async throws -> String {
        if let name { return name }
        var names: [String] = []
        var token: String?
        repeat {
            let page = try await client.send(ListHyperPodClustersInput(nextToken: token))
            names += page.clusterSummaries.map(\.clusterName)
            token = page.nextToken
        } while token != nil
        if names.count == 1 { return names[0] }
        let region = client.configuration.region.value
        guard !names.isEmpty else {
            throw WorkflowError(
                .preflight, PolicyRule.noCluster.finding("there is no HyperPod cluster in \(region)"))
        }
        if let chosen = ask?(names.sorted()) { return chosen }
        throw WorkflowError(
            .preflight,
            PolicyRule.noCluster.finding(
                "there are \(names.count) HyperPod clusters in \(region): \(names.sorted().joined(separator: ", "))",
                fix: Diagnostic.Fix("name one with --cluster")))
    }
}
