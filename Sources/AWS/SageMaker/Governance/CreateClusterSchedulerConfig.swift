/// Amazon SageMaker AI `CreateClusterSchedulerConfig`: a cluster policy.
public struct CreateClusterSchedulerConfigInput: JSONOperation {
    /// What was made.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN.
        public let clusterSchedulerConfigArn: String
        /// The id, 12 characters.
        public let clusterSchedulerConfigId: String

        enum CodingKeys: String, CodingKey {
            case clusterSchedulerConfigArn = "ClusterSchedulerConfigArn"
            case clusterSchedulerConfigId = "ClusterSchedulerConfigId"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `CreateClusterSchedulerConfig`.
    public static let name = "CreateClusterSchedulerConfig"
    static let targetPrefix = "SageMaker"

    /// The name, unique in the account and region.
    public var name: String
    /// The HyperPod cluster.
    public var clusterArn: String
    /// What the policy says.
    public var schedulerConfig: SchedulerConfiguration
    /// At most 1024 characters.
    public var description: String?
    /// At most 50 tags.
    public var tags: [ResourceTag]?

    /// A second arrival would be refused as a conflict, though the first was taken.
    public var isRepeatable: Bool { false }

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case clusterArn = "ClusterArn"
        case schedulerConfig = "SchedulerConfig"
        case description = "Description"
        case tags = "Tags"
    }

    /// Makes the input.
    public init(
        name: String, clusterArn: String, schedulerConfig: SchedulerConfiguration, description: String? = nil,
        tags: [ResourceTag]? = nil
    ) {
        self.name = name
        self.clusterArn = clusterArn
        self.schedulerConfig = schedulerConfig
        self.description = description
        self.tags = tags
    }
}
