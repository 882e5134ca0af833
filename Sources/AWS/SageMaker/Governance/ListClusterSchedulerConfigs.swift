/// Amazon SageMaker AI `ListClusterSchedulerConfigs`: one page of cluster policies.
public struct ListClusterSchedulerConfigsInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The policies, without what they say.
        public let clusterSchedulerConfigSummaries: [ClusterSchedulerPolicy]?
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case clusterSchedulerConfigSummaries = "ClusterSchedulerConfigSummaries"
            case nextToken = "NextToken"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `ListClusterSchedulerConfigs`.
    public static let name = "ListClusterSchedulerConfigs"
    static let targetPrefix = "SageMaker"

    /// Only those of this cluster.
    public var clusterArn: String?
    /// Where the page begins.
    public var nextToken: String?

    enum CodingKeys: String, CodingKey {
        case clusterArn = "ClusterArn"
        case nextToken = "NextToken"
    }

    /// Makes the input.
    public init(clusterArn: String? = nil, nextToken: String? = nil) {
        self.clusterArn = clusterArn
        self.nextToken = nextToken
    }
}
