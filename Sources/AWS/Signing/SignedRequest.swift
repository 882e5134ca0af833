/// A signed request with the stages that led to it, so that a difference can be traced to its stage.
public struct SignedRequest: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The request as it is sent.
    public let request: HTTPRequest
    /// Stage one.
    public let canonicalRequest: CanonicalRequest
    /// Stage two.
    public let stringToSign: StringToSign
    /// Stage four: 64 lower-case hexadecimal digits.
    public let signature: String

    /// Method and host only: headers, query and stages hold tokens and the signature.
    public var description: String { "SignedRequest(\(request.method) \(request.url.authority))" }

    /// No children, so that dumping shows no token and no signature.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
