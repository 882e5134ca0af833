/// How S3 encrypts what it stores.
public enum ServerSideEncryption: Sendable, Equatable {
    /// With keys of S3 (`AES256`).
    case s3
    /// With a key of AWS KMS: its ARN or id, or nil for the one that AWS manages (`aws:kms`).
    case kms(keyID: String?)

    /// The name in headers and documents.
    var algorithm: String {
        switch self {
        case .s3: "AES256"
        case .kms: "aws:kms"
        }
    }

    /// The key, when one is named.
    var keyID: String? {
        if case .kms(let keyID) = self { keyID } else { nil }
    }
}
