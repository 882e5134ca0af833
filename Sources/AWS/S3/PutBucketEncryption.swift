/// `PutBucketEncryption`: how objects are encrypted that do not ask for something else.
public struct PutBucketEncryptionInput: BucketSetting {
    /// `PutBucketEncryption`.
    public static let name = "PutBucketEncryption"
    static let subresource = "encryption"
    /// The bucket.
    public var bucket: String
    /// The encryption.
    public var encryption: ServerSideEncryption
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, encryption: ServerSideEncryption = .s3, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.encryption = encryption
        self.expectedBucketOwner = expectedBucketOwner
    }

    var document: String {
        let key = encryption.keyID.map { "<KMSMasterKeyID>\(XMLText.escape($0))</KMSMasterKeyID>" } ?? ""
        // A bucket key makes one request to KMS serve many objects.
        let bucketKey = encryption == .s3 ? "" : "<BucketKeyEnabled>true</BucketKeyEnabled>"
        return """
            <ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule>\
            <ApplyServerSideEncryptionByDefault><SSEAlgorithm>\(encryption.algorithm)</SSEAlgorithm>\(key)\
            </ApplyServerSideEncryptionByDefault>\(bucketKey)</Rule></ServerSideEncryptionConfiguration>
            """
    }
}
