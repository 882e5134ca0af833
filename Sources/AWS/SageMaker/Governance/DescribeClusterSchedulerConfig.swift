/// Amazon SageMaker AI `DescribeClusterSchedulerConfig`: one cluster policy.
public struct DescribeClusterSchedulerConfigInput: JSONOperation {
    /// The policy.
    public typealias Output = ClusterSchedulerPolicy

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `DescribeClusterSchedulerConfig`.
    public static let name = "DescribeClusterSchedulerConfig"
    static let targetPrefix = "SageMaker"

    /// The id.
    public var clusterSchedulerConfigId: String

    enum CodingKeys: String, CodingKey {
        case clusterSchedulerConfigId = "ClusterSchedulerConfigId"
    }

    /// Makes the input.
    public init(clusterSchedulerConfigId: String) {
        self.clusterSchedulerConfigId = clusterSchedulerConfigId
    }
}
