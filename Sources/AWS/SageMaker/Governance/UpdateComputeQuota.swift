/// Amazon SageMaker AI `UpdateComputeQuota`: another version of a quota.
public struct UpdateComputeQuotaInput: JSONOperation {
    /// What came of it.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN.
        public let computeQuotaArn: String
        /// The new version.
        public let computeQuotaVersion: Int

        enum CodingKeys: String, CodingKey {
            case computeQuotaArn = "ComputeQuotaArn"
            case computeQuotaVersion = "ComputeQuotaVersion"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `UpdateComputeQuota`.
    public static let name = "UpdateComputeQuota"
    static let targetPrefix = "SageMaker"

    /// The id.
    public var computeQuotaId: String
    /// The version that the caller saw last; another one is a conflict.
    public var targetVersion: Int
    /// What the team owns, lends and borrows.
    public var computeQuotaConfig: ComputeQuotaConfiguration?
    /// The team, which cannot be another one, and its weight.
    public var computeQuotaTarget: ComputeQuotaTarget?
    /// `Enabled` or `Disabled`.
    public var activationState: String?
    /// At most 1024 characters.
    public var description: String?

    /// A second arrival would be refused as a conflict, though the first was taken.
    public var isRepeatable: Bool { false }

    enum CodingKeys: String, CodingKey {
        case computeQuotaId = "ComputeQuotaId"
        case targetVersion = "TargetVersion"
        case computeQuotaConfig = "ComputeQuotaConfig"
        case computeQuotaTarget = "ComputeQuotaTarget"
        case activationState = "ActivationState"
        case description = "Description"
    }

    /// Makes the input.
    public init(
        computeQuotaId: String, targetVersion: Int, computeQuotaConfig: ComputeQuotaConfiguration? = nil,
        computeQuotaTarget: ComputeQuotaTarget? = nil, activationState: String? = nil, description: String? = nil
    ) {
        self.computeQuotaId = computeQuotaId
        self.targetVersion = targetVersion
        self.computeQuotaConfig = computeQuotaConfig
        self.computeQuotaTarget = computeQuotaTarget
        self.activationState = activationState
        self.description = description
    }
}
