public import Foundation

/// Amazon SageMaker AI `ListClusters`: one page of HyperPod clusters.
public struct ListHyperPodClustersInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The clusters.
        public let clusterSummaries: [Summary]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case clusterSummaries = "ClusterSummaries"
            case nextToken = "NextToken"
        }
    }

    /// One cluster.
    public struct Summary: Sendable, Equatable, Codable {
        /// The ARN.
        public let clusterArn: String
        /// The name.
        public let clusterName: String
        /// The state, such as `InService`.
        public let clusterStatus: String
        /// When it was made.
        public let creationTime: Date?

        enum CodingKeys: String, CodingKey {
            case clusterArn = "ClusterArn"
            case clusterName = "ClusterName"
            case clusterStatus = "ClusterStatus"
            case creationTime = "CreationTime"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `ListClusters`.
    public static let name = "ListClusters"
    static let targetPrefix = "SageMaker"

    /// Only clusters whose name holds this text.
    public var nameContains: String?
    /// Where the page begins.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
        case nameContains = "NameContains"
        case nextToken = "NextToken"
    }

    /// Makes the input.
    public init(nameContains: String? = nil, nextToken: String? = nil) {
        self.nameContains = nameContains
        self.nextToken = nextToken
    }
}
