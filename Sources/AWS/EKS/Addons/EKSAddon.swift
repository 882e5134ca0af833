public import Foundation

/// An add-on of an EKS cluster.
///
/// Source: EKS API, `Addon`.
public struct EKSAddon: Sendable, Equatable, Codable {
    /// The name, such as `amazon-sagemaker-hyperpod-taskgovernance`.
    public let addonName: String
    /// `CREATING`, `ACTIVE`, `CREATE_FAILED`, `UPDATING`, `DELETING`, `DELETE_FAILED`, `DEGRADED` or `UPDATE_FAILED`.
    public let status: String?
    /// The version, such as `v1.6.0-eksbuild.1`.
    public let addonVersion: String?
    /// The ARN.
    public let addonArn: String?
    /// What is wrong with it.
    public let health: Health?
    /// When it was made.
    public let createdAt: Date?

    /// What is wrong with an add-on.
    public struct Health: Sendable, Equatable, Codable {
        /// Each trouble.
        public let issues: [Issue]?
    }

    /// A trouble of an add-on.
    public struct Issue: Sendable, Equatable, Codable {
        /// The kind, such as `InsufficientNumberOfReplicas`.
        public let code: String?
        /// What EKS says of it.
        public let message: String?
        /// What is concerned.
        public let resourceIds: [String]?
    }

    /// Whether EKS is done with it, well or not.
    public var isSettled: Bool { !["CREATING", "UPDATING", "DELETING"].contains(status ?? "CREATING") }

    /// Whether it works.
    public var isActive: Bool { status == "ACTIVE" }
}
