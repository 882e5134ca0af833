/// Service Quotas `GetServiceQuota`: one quota that holds in the account.
public struct GetServiceQuotaInput: JSONOperation {
    /// The answer.
    public struct Output: Sendable, Equatable, Codable {
        /// The quota.
        public let quota: ServiceQuota

        enum CodingKeys: String, CodingKey {
            case quota = "Quota"
        }
    }

    /// Service Quotas.
    public static let service = AWSService.serviceQuotas
    /// `GetServiceQuota`.
    public static let name = "GetServiceQuota"
    static let targetPrefix = "ServiceQuotasV20190624"

    /// The service, such as `vpc`.
    public var serviceCode: String
    /// The quota, such as `L-DF5E4CA3`.
    public var quotaCode: String

    enum CodingKeys: String, CodingKey {
        case serviceCode = "ServiceCode"
        case quotaCode = "QuotaCode"
    }

    /// Makes the input.
    public init(serviceCode: String, quotaCode: String) {
        self.serviceCode = serviceCode
        self.quotaCode = quotaCode
    }
}
