/// Amazon SageMaker AI `DeleteClusterSchedulerConfig`: the end of a cluster policy.
public struct DeleteClusterSchedulerConfigInput: JSONOperation {
    /// Nothing.
    public typealias Output = EmptyOutput

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `DeleteClusterSchedulerConfig`.
    public static let name = "DeleteClusterSchedulerConfig"
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

    /// Reads nothing.
    public func decode(_ response: HTTPResponse) throws -> EmptyOutput { EmptyOutput() }
}
