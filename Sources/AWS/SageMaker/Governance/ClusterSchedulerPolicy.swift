public import Foundation

/// A cluster policy, as SageMaker describes or lists it.
///
/// Source: SageMaker API, `DescribeClusterSchedulerConfig` and `ClusterSchedulerConfigSummary`.
public struct ClusterSchedulerPolicy: Sendable, Equatable, Codable {
    /// The ARN.
    public let arn: String
    /// The id, 12 characters.
    public let id: String
    /// The name.
    public let name: String
    /// The version, which an update names.
    public let version: Int
    /// Where it stands.
    public let status: GovernanceStatus
    /// Why it failed.
    public let failureReason: String?
    /// The HyperPod cluster.
    public let clusterArn: String?
    /// What it is for.
    public let description: String?
    /// The state of `PriorityClasses`, `FairShare` and `IdleResourceSharing`; not in lists.
    public let statusDetails: [String: GovernanceStatus]?
    /// What it says; not in lists.
    public let schedulerConfig: SchedulerConfiguration?
    /// When it was made.
    public let creationTime: Date
    /// When it last changed.
    public let lastModifiedTime: Date?

    enum CodingKeys: String, CodingKey {
        case arn = "ClusterSchedulerConfigArn"
        case id = "ClusterSchedulerConfigId"
        case name = "Name"
        case version = "ClusterSchedulerConfigVersion"
        case status = "Status"
        case failureReason = "FailureReason"
        case clusterArn = "ClusterArn"
        case description = "Description"
        case statusDetails = "StatusDetails"
        case schedulerConfig = "SchedulerConfig"
        case creationTime = "CreationTime"
        case lastModifiedTime = "LastModifiedTime"
    }
}
