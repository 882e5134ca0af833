/// `PutBucketVersioning`: every version of every object is kept.
public struct PutBucketVersioningInput: BucketSetting {
    /// `PutBucketVersioning`.
    public static let name = "PutBucketVersioning"
    static let subresource = "versioning"
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
        <VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status>\
        </VersioningConfiguration>
        """
    }
}
