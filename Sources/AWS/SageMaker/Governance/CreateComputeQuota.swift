/// Amazon SageMaker AI `CreateComputeQuota`: the quota of a team.
public struct CreateComputeQuotaInput: JSONOperation {
    /// What was made.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN.
        public let computeQuotaArn: String
        /// The id, 12 characters.
        public let computeQuotaId: String

        enum CodingKeys: String, CodingKey {
            case computeQuotaArn = "ComputeQuotaArn"
            case computeQuotaId = "ComputeQuotaId"
        }
    }

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `CreateComputeQuota`.
    public static let name = "CreateComputeQuota"
    static let targetPrefix = "SageMaker"

    /// The name, unique in the account and region.
    public var name: String
    /// The HyperPod cluster.
    public var clusterArn: String
    /// What the team owns, lends and borrows.
    public var computeQuotaConfig: ComputeQuotaConfiguration
    /// The team.
    public var computeQuotaTarget: ComputeQuotaTarget
    /// `Enabled` or `Disabled`; SageMaker takes `Enabled` when absent.
    public var activationState: String?
    /// At most 1024 characters.
    public var description: String?
    /// At most 50 tags.
    public var tags: [ResourceTag]?

    /// A second arrival would be refused as a conflict, though the first was taken.
    public var isRepeatable: Bool { false }

    enum CodingKeys: String, CodingKey {
        case name = "Name"
        case clusterArn = "ClusterArn"
        case computeQuotaConfig = "ComputeQuotaConfig"
        case computeQuotaTarget = "ComputeQuotaTarget"
        case activationState = "ActivationState"
        case description = "Description"
        case tags = "Tags"
    }

    /// Makes the input.
    public init(
        name: String, clusterArn: String, computeQuotaConfig: ComputeQuotaConfiguration,
        computeQuotaTarget: ComputeQuotaTarget, activationState: String? = nil, description: String? = nil,
        tags: [ResourceTag]? = nil
    ) {
        self.name = name
        self.clusterArn = clusterArn
        self.computeQuotaConfig = computeQuotaConfig
        self.computeQuotaTarget = computeQuotaTarget
        self.activationState = activationState
        self.description = description
        self.tags = tags
    }
}
