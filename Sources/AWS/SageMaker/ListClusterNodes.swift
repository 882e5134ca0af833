public import Foundation

/// Amazon SageMaker AI `ListClusterNodes`: one page of the nodes of a HyperPod cluster.
public struct ListClusterNodesInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The nodes.
        public let nodes: [Node]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case nodes = "ClusterNodeSummaries"
            case nextToken = "NextToken"
        }
    }

    /// One node.
    public struct Node: Sendable, Equatable, Codable {
        /// The group it belongs to.
        public let instanceGroupName: String
        /// The id of the instance.
        public let instanceID: String
        /// The type, such as `ml.g5.12xlarge`.
        public let instanceType: String
        /// When it was launched.
        public let launchTime: Date?
        /// How it is.
        public let instanceStatus: Status

        enum CodingKeys: String, CodingKey {
            case instanceGroupName = "InstanceGroupName"
            case instanceID = "InstanceId"
            case instanceType = "InstanceType"
            case launchTime = "LaunchTime"
            case instanceStatus = "InstanceStatus"
        }
    }

    /// How a node is.
    public struct Status: Sendable, Equatable, Codable {
        /// `Running`, `Failure`, `Pending`, `ShuttingDown`, `SystemUpdating`, `DeepHealthCheckInProgress` or `NotFound`.
        public let status: String
        /// Why.
        public let message: String?

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case message = "Message"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `ListClusterNodes`.
    public static let name = "ListClusterNodes"
    static let targetPrefix = "SageMaker"

    /// The cluster's name or ARN.
    public var clusterName: String
    /// Where the page begins.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
        case clusterName = "ClusterName"
        case nextToken = "NextToken"
    }

    /// Makes the input.
    public init(clusterName: String, nextToken: String? = nil) {
        self.clusterName = clusterName
        self.nextToken = nextToken
    }
}

extension AWSClient {
    /// The nodes of a HyperPod cluster, in the service's order.
    ///
    /// - Throws: what `send` throws.
    public func clusterNodes(of cluster: String) async throws -> [ListClusterNodesInput.Node] {
        try await collect(ListClusterNodesInput.self) { token in
            let page = try await send(ListClusterNodesInput(clusterName: cluster, nextToken: token))
            return (page.nodes, page.nextToken)
        }
    }

    /// The HyperPod clusters of the region, in the service's order.
    ///
    /// - Throws: what `send` throws.
    public func hyperPodClusters(nameContains: String? = nil) async throws -> [ListHyperPodClustersInput.Summary] {
        try await collect(ListHyperPodClustersInput.self) { token in
            let page = try await send(ListHyperPodClustersInput(nameContains: nameContains, nextToken: token))
            return (page.clusterSummaries, page.nextToken)
        }
    }
}
