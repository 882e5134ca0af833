/// `PutPublicAccessBlock` with all four switches on: nothing in the bucket can be made public.
public struct PutPublicAccessBlockInput: BucketSetting {
    /// `PutPublicAccessBlock`.
    public static let name = "PutPublicAccessBlock"
    static let subresource = "publicAccessBlock"
    /// The bucket.
    public var bucket: String
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.expectedBucketOwner = expectedBucketOwner
    }

    var document: String {
        """
        <PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
        <BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>\
        <BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>\
        </PublicAccessBlockConfiguration>
        """
    }
}
