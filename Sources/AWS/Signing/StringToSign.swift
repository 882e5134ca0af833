import Foundation

/// The second stage of Signature Version 4: algorithm, time, scope and the hash of the canonical request.
public struct StringToSign: Sendable, Equatable {
    /// The only algorithm that is used.
    public static let algorithm = "AWS4-HMAC-SHA256"
    /// The signing time as `yyyyMMdd'T'HHmmss'Z'`.
    public let timestamp: String
    /// What the signature is good for.
    public let scope: CredentialScope
    /// SHA-256 of the canonical request in lower-case hexadecimal.
    public let canonicalRequestHash: String

    /// Makes the string to sign.
    public init(timestamp: String, scope: CredentialScope, canonicalRequest: CanonicalRequest) {
        self.timestamp = timestamp
        self.scope = scope
        canonicalRequestHash = Digest.sha256Hex(Data(canonicalRequest.text.utf8))
    }

    /// The four lines that are signed.
    public var text: String {
        [Self.algorithm, timestamp, scope.description, canonicalRequestHash].joined(separator: "\n")
    }
}
