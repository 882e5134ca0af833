/// Amazon SageMaker AI `ListComputeQuotas`: one page of quotas.
public struct ListComputeQuotasInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The quotas.
        public let computeQuotaSummaries: [ComputeQuota]?
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case computeQuotaSummaries = "ComputeQuotaSummaries"
            case nextToken = "NextToken"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `ListComputeQuotas`.
    public static let name = "ListComputeQuotas"
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
