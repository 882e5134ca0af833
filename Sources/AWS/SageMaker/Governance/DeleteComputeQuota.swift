/// Amazon SageMaker AI `DeleteComputeQuota`: the end of a quota.
public struct DeleteComputeQuotaInput: JSONOperation {
    /// Nothing.
    public typealias Output = EmptyOutput

    /// SageMaker.
    public static let service = AWSService.sageMaker
    /// `DeleteComputeQuota`.
    public static let name = "DeleteComputeQuota"
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

    /// Reads nothing.
    public func decode(_ response: HTTPResponse) throws -> EmptyOutput { EmptyOutput() }
}
