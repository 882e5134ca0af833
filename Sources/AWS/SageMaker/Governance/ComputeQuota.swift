public import Foundation

/// The quota of a team, as SageMaker describes or lists it.
///
/// Source: SageMaker API, `DescribeComputeQuota` and `ComputeQuotaSummary`.
public struct ComputeQuota: Sendable, Equatable, Codable {
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
    /// What the team owns, lends and borrows.
    public let computeQuotaConfig: ComputeQuotaConfiguration?
    /// The team.
    public let computeQuotaTarget: ComputeQuotaTarget
    /// `Enabled` or `Disabled`.
    public let activationState: String?
    /// When it was made.
    public let creationTime: Date
    /// When it last changed.
    public let lastModifiedTime: Date?

    enum CodingKeys: String, CodingKey {
        case arn = "ComputeQuotaArn"
        case id = "ComputeQuotaId"
        case name = "Name"
        case version = "ComputeQuotaVersion"
        case status = "Status"
        case failureReason = "FailureReason"
        case clusterArn = "ClusterArn"
        case description = "Description"
        case computeQuotaConfig = "ComputeQuotaConfig"
        case computeQuotaTarget = "ComputeQuotaTarget"
        case activationState = "ActivationState"
        case creationTime = "CreationTime"
        case lastModifiedTime = "LastModifiedTime"
    }
}
