/// Amazon SageMaker AI `DescribeComputeQuota`: one quota.
public struct DescribeComputeQuotaInput: JSONOperation {
    /// The quota.
    public typealias Output = ComputeQuota

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `DescribeComputeQuota`.
    public static let name = "DescribeComputeQuota"
    static let targetPrefix = "SageMaker"

    /// The id.
    public var computeQuotaId: String

    enum CodingKeys: String, CodingKey {
        case computeQuotaId = "ComputeQuotaId"
    }

    /// Makes the input.
    public init(computeQuotaId: String) {
        self.computeQuotaId = computeQuotaId
    }
}
