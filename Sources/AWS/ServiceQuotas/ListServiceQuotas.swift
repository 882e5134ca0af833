/// Service Quotas `ListServiceQuotas`: one page of the quotas that hold in the account.
///
/// A quota that was never changed may be missing; `ListAWSDefaultServiceQuotasInput` has its value.
public struct ListServiceQuotasInput: JSONOperation {
    /// One page.
    public struct Output: Sendable, Equatable, Codable {
        /// The quotas.
        public let quotas: [ServiceQuota]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        enum CodingKeys: String, CodingKey {
            case quotas = "Quotas"
            case nextToken = "NextToken"
        }
    }

    /// Service Quotas.
    public static let service = AWSService.serviceQuotas
    /// `ListServiceQuotas`.
    public static let name = "ListServiceQuotas"
    static let targetPrefix = "ServiceQuotasV20190624"

    /// The service, such as `sagemaker`.
    public var serviceCode: String
    /// Where the page begins.
    public var nextToken: String?
    /// The most quotas of a page, 1 to 100.
    public var maxResults = 100

    enum CodingKeys: String, CodingKey {
        case serviceCode = "ServiceCode"
        case nextToken = "NextToken"
        case maxResults = "MaxResults"
    }

    /// Makes the input.
    public init(serviceCode: String, nextToken: String? = nil) {
        self.serviceCode = serviceCode
        self.nextToken = nextToken
    }
}

/// Service Quotas `ListAWSDefaultServiceQuotas`: one page of the quotas that a new account has.
public struct ListAWSDefaultServiceQuotasInput: JSONOperation {
    /// One page.
    public typealias Output = ListServiceQuotasInput.Output
    /// Service Quotas.
    public static let service = AWSService.serviceQuotas
    /// `ListAWSDefaultServiceQuotas`.
    public static let name = "ListAWSDefaultServiceQuotas"
    static let targetPrefix = "ServiceQuotasV20190624"

    /// The service, such as `sagemaker`.
    public var serviceCode: String
    /// Where the page begins.
    public var nextToken: String?
    /// The most quotas of a page, 1 to 100.
    public var maxResults = 100

    enum CodingKeys: String, CodingKey {
        case serviceCode = "ServiceCode"
        case nextToken = "NextToken"
        case maxResults = "MaxResults"
    }

    /// Makes the input.
    public init(serviceCode: String, nextToken: String? = nil) {
        self.serviceCode = serviceCode
        self.nextToken = nextToken
    }
}
