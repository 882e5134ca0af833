/// `GetCallerIdentity`: who the credentials belong to. Every caller may ask.
public struct GetCallerIdentityInput: QueryOperation {
    /// Who the credentials belong to.
    public struct Output: Sendable, Equatable {
        /// The account, 12 digits.
        public let account: String
        /// The ARN of the user, the assumed role or the account.
        public let arn: String
        /// The unique id of the identity.
        public let userID: String
    }

    /// STS.
    public static let service = AWSService.sts
    /// `GetCallerIdentity`.
    public static let name = "GetCallerIdentity"

    /// Makes the input.
    public init() {}

    var parameterForm: QueryParameters { QueryParameters() }

    func decode(_ result: XMLTree) throws -> Output {
        guard let account = result.string("Account"), let arn = result.string("Arn") else {
            throw Self.failure("it has no account or no ARN")
        }
        return Output(account: account, arn: arn, userID: result.string("UserId") ?? "")
    }
}
