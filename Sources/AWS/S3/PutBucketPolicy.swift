/// `PutBucketPolicy`: who may do what with the bucket.
public struct PutBucketPolicyInput: BucketSetting {
    /// `PutBucketPolicy`.
    public static let name = "PutBucketPolicy"
    static let subresource = "policy"
    static let contentType = "application/json"
    /// The bucket.
    public var bucket: String
    /// The policy, JSON.
    public var policy: String
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, policy: String, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.policy = policy
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// A policy that refuses every request without TLS and grants nothing.
    ///
    /// - Parameters:
    ///   - bucket: the bucket's name.
    ///   - partition: the partition of its ARN.
    public static func tlsOnly(bucket: String, partition: Partition) -> String {
        let arn = "arn:\(partition.id):s3:::\(bucket)"
        return """
            {"Version":"2012-10-17","Statement":[{"Sid":"DenyWithoutTLS","Effect":"Deny","Principal":"*",\
            "Action":"s3:*","Resource":["\(arn)","\(arn)/*"],\
            "Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}
            """
    }

    var document: String { policy }
}
