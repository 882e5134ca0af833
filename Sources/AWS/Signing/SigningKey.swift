import Foundation

/// The third stage of Signature Version 4: a key derived from the secret for one day, region and service.
///
/// Its description never shows the key.
public struct SigningKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    private let bytes: Data

    /// Derives the key by four HMAC-SHA-256 steps.
    public init(secretAccessKey: String, scope: CredentialScope) {
        let day = Digest.hmac(scope.day, key: Data("AWS4\(secretAccessKey)".utf8))
        let region = Digest.hmac(scope.region, key: day)
        let service = Digest.hmac(scope.service, key: region)
        bytes = Digest.hmac("aws4_request", key: service)
    }

    /// Signs a string.
    ///
    /// - Returns: 64 lower-case hexadecimal digits.
    public func signature(of stringToSign: StringToSign) -> String {
        Digest.hexadecimal(Digest.hmac(stringToSign.text, key: bytes))
    }

    /// A fixed text: the key is as good as the secret for the rest of the day.
    public var description: String { "SigningKey(hidden)" }

    /// No children, so that dumping shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
