/// AWS KMS `DescribeKey`: whether a key is there, and can be used.
public struct DescribeKeyInput: JSONOperation {
    /// The answer.
    public struct Output: Sendable, Equatable, Codable {
        /// The key.
        public let keyMetadata: Key

        enum CodingKeys: String, CodingKey {
            case keyMetadata = "KeyMetadata"
        }
    }

    /// A key.
    public struct Key: Sendable, Equatable, Codable {
        /// The id.
        public let keyId: String
        /// The ARN.
        public let arn: String?
        /// `Enabled`, `Disabled`, `PendingDeletion`, …
        public let keyState: String?
        /// `ENCRYPT_DECRYPT`, `SIGN_VERIFY`, …
        public let keyUsage: String?
        /// `SYMMETRIC_DEFAULT`, `RSA_2048`, …
        public let keySpec: String?

        enum CodingKeys: String, CodingKey {
            case keyId = "KeyId"
            case arn = "Arn"
            case keyState = "KeyState"
            case keyUsage = "KeyUsage"
            case keySpec = "KeySpec"
        }
    }

    /// KMS.
    public static let service = AWSService.kms
    /// `DescribeKey`.
    public static let name = "DescribeKey"
    static let targetPrefix = "TrentService"

    /// The id or ARN of the key or its alias.
    public var keyID: String

    enum CodingKeys: String, CodingKey {
        case keyID = "KeyId"
    }

    /// Makes the input.
    public init(keyID: String) {
        self.keyID = keyID
    }
}
