internal import AWS

/// The HyperPod clusters of a region with the health of their nodes.
public enum Clusters {
    /// One cluster.
    public struct Cluster: Codable, Sendable, Equatable {
        /// The name.
        public var name: String
        /// The ARN.
        public var arn: String
        /// The status, such as `InService`.
        public var status: String
        /// The EKS cluster under it; `nil` with Slurm.
        public var eksCluster: String?
        /// The nodes by instance type, the types in order.
        public var instances: [Instances]

        private enum CodingKeys: String, CodingKey {
            case name, arn, status
            case eksCluster = "eks_cluster"
            case instances
        }
    }

    /// The nodes of one instance type.
    public struct Instances: Codable, Sendable, Equatable {
        /// The type, such as `ml.g5.12xlarge`.
        public var type: String
        /// The groups that have this type.
        public var groups: [String]
        /// How many the groups should have.
        public var target: Int
        /// How many there are.
        public var current: Int
        /// How many are running and healthy.
        public var healthy: Int
        /// How many are in another state, by state.
        public var others: [String: Int]
    }

    /// The clusters of a region, by name.
    /// - Parameter nameContains: only clusters whose name holds this text.
    /// - Throws: `WorkflowError`.
    public static func list(
        nameContains: String? = nil, _ connection: ConnectionOptions, host: Host
    ) async throws -> [Cluster] {
        try await WorkflowError.wrapping {
            let client = try host.connect(connection)
            var clusters: [Cluster] = []
            for summary in try await client.hyperPodClusters(nameContains: nameContains) {
                clusters.append(try await describe(summary, client))
            }
            return clusters.sorted { $0.name < $1.name }
        }
    }

    private static func describe(
        _ summary: ListHyperPodClustersInput.Summary, _ client: AWSClient
    ) async throws -> Cluster {
        let cluster = try await client.send(DescribeHyperPodClusterInput(clusterName: summary.clusterArn))
        let nodes = try await client.clusterNodes(of: summary.clusterArn)
        let groups = cluster.allGroups
        let types = Set(groups.compactMap(\.instanceType)).union(nodes.map(\.instanceType)).sorted()
        let eks = cluster.orchestrator?.eks?.clusterArn.split(separator: "/").last.map(String.init)
        return Cluster(
            name: summary.clusterName, arn: summary.clusterArn, status: cluster.clusterStatus, eksCluster: eks,
            instances: types.map { instances(of: $0, groups, nodes) })
    }

    private static func instances(
        of type: String, _ groups: [DescribeHyperPodClusterInput.InstanceGroup], _ nodes: [ListClusterNodesInput.Node]
    ) -> Instances {
        let groups = groups.filter { $0.instanceType == type }
        let states = nodes.filter { $0.instanceType == type }.map(\.instanceStatus.status)
        let others = Dictionary(grouping: states.filter { $0 != "Running" }) { $0 }.mapValues(\.count)
        return Instances(
            type: type, groups: groups.compactMap(\.instanceGroupName).sorted(),
            target: groups.compactMap(\.targetCount).reduce(0, +), current: states.count,
            healthy: states.count { $0 == "Running" }, others: others)
    }
}
