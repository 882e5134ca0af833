/// A service answered, but not with success.
///
/// Neither the message nor the excerpt holds the caller's secret, token or signature.
public struct AWSServiceError: Error, Sendable, Equatable {
    /// The service, such as `CloudFormation`.
    public let service: String
    /// The operation, such as `CreateStack`.
    public let operation: String
    /// The service's code, such as `AlreadyExistsException`; `HTTP503` when the answer is no error document.
    public let code: String
    /// The service's message; empty when there is none.
    public let message: String
    /// The request id, for AWS Support.
    public let requestID: String?
    /// The HTTP status.
    public let status: Int
    /// The first characters of an answer that is no error document of AWS, such as a proxy's page.
    public let bodyExcerpt: String?
    /// The region in which S3 says the bucket is.
    public let bucketRegion: String?

    /// Makes an error.
    public init(
        service: String, operation: String, code: String, message: String, requestID: String? = nil,
        status: Int, bodyExcerpt: String? = nil, bucketRegion: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        self.requestID = requestID
        self.status = status
        self.bodyExcerpt = bodyExcerpt
        self.bucketRegion = bucketRegion
    }

    /// Whether the credentials have ended.
    public var isExpiredCredentials: Bool {
        ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"].contains(code)
    }

    /// Whether the caller may not do this.
    public var isAccessDenied: Bool {
        ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Forbidden"].contains(code)
    }

    /// Whether CloudFormation says that there is no such stack.
    public var isStackMissing: Bool {
        service == AWSService.cloudFormation.name && code == "ValidationError"
            && message.contains("does not exist")
    }

    /// Whether CloudFormation says that an update changes nothing.
    public var isWithoutChanges: Bool {
        code == "ValidationError" && message.contains("No updates are to be performed")
    }
}

extension AWSServiceError: CustomStringConvertible {
    /// Service, operation, code, message, status and request id in one line.
    public var description: String {
        let request = requestID.map { ", request \($0)" } ?? ""
        let text = message.isEmpty ? "no message" : message
        let excerpt = bodyExcerpt.map { "; the answer is not an AWS error document and begins: \($0)" } ?? ""
        return "\(service) \(operation): \(code): \(text) (status \(status)\(request))\(excerpt)"
    }
}
