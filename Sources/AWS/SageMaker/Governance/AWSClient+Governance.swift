extension AWSClient {
    /// The cluster policies of a HyperPod cluster; there is one at most, and a second names a mistake.
    ///
    /// - Throws: as `send`.
    public func schedulerPolicies(ofCluster arn: String) async throws -> [ClusterSchedulerPolicy] {
        var policies: [ClusterSchedulerPolicy] = []
        var token: String?
        repeat {
            let page = try await send(ListClusterSchedulerConfigsInput(clusterArn: arn, nextToken: token))
            policies += page.clusterSchedulerConfigSummaries ?? []
            token = page.nextToken
        } while token != nil
        return policies
    }

    /// The quotas of a HyperPod cluster.
    ///
    /// - Throws: as `send`.
    public func computeQuotas(ofCluster arn: String) async throws -> [ComputeQuota] {
        var quotas: [ComputeQuota] = []
        var token: String?
        repeat {
            let page = try await send(ListComputeQuotasInput(clusterArn: arn, nextToken: token))
            quotas += page.computeQuotaSummaries ?? []
            token = page.nextToken
        } while token != nil
        return quotas
    }
}
