/// Amazon SageMaker AI `UpdateClusterSchedulerConfig`: another version of a cluster policy.
public struct UpdateClusterSchedulerConfigInput: JSONOperation {
    /// What came of it.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN.
        public let clusterSchedulerConfigArn: String
        /// The new version.
        public let clusterSchedulerConfigVersion: Int

        enum CodingKeys: String, CodingKey {
            case clusterSchedulerConfigArn = "ClusterSchedulerConfigArn"
            case clusterSchedulerConfigVersion = "ClusterSchedulerConfigVersion"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `UpdateClusterSchedulerConfig`.
    public static let name = "UpdateClusterSchedulerConfig"
    static let targetPrefix = "SageMaker"

    /// The id.
    public var clusterSchedulerConfigId: String
    /// The version that the caller saw last; another one is a conflict.
    public var targetVersion: Int
    /// What the policy says.
    public var schedulerConfig: SchedulerConfiguration?
    /// At most 1024 characters.
    public var description: String?

    /// A second arrival would be refused as a conflict, though the first was taken.
    public var isRepeatable: Bool { false }

    enum CodingKeys: String, CodingKey {
        case clusterSchedulerConfigId = "ClusterSchedulerConfigId"
        case targetVersion = "TargetVersion"
        case schedulerConfig = "SchedulerConfig"
        case description = "Description"
    }

    /// Makes the input.
    public init(
        clusterSchedulerConfigId: String, targetVersion: Int, schedulerConfig: SchedulerConfiguration? = nil,
        description: String? = nil
    ) {
        self.clusterSchedulerConfigId = clusterSchedulerConfigId
        self.targetVersion = targetVersion
        self.schedulerConfig = schedulerConfig
        self.description = description
    }
}
