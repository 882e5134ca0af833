/// `HeadBucket`: whether a bucket exists and the caller may use it. Status 404 is no bucket, 403 no access,
/// 301 another region (`AWSServiceError.bucketRegion`).
public struct HeadBucketInput: S3Operation {
    /// What the headers tell.
    public struct Output: Sendable, Equatable {
        /// The region of the bucket.
        public let region: String?
    }

    /// `HeadBucket`.
    public static let name = "HeadBucket"
    /// The bucket.
    public var bucket: String
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// `HEAD /`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        request("HEAD", to: endpoint)
    }

    /// Reads the headers.
    public func decode(_ response: HTTPResponse) throws -> Output {
        Output(region: response.headers["x-amz-bucket-region"])
    }
}
