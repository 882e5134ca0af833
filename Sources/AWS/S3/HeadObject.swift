/// `HeadObject`: what is known of an object, without its bytes. Status 404 is no object.
public struct HeadObjectInput: S3Operation {
    /// What is known of it.
    public typealias Output = ObjectMetadata
    /// `HeadObject`.
    public static let name = "HeadObject"
    /// The bucket.
    public var bucket: String
    /// The key.
    public var key: String
    /// The version; nil is the newest.
    public var versionID: String?
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, key: String, versionID: String? = nil, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.key = key
        self.versionID = versionID
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// `HEAD /key`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        let version = versionID.map { "versionId=\(PercentEncoding.encode($0))" }
        var request = request("HEAD", to: endpoint, key: key, query: version)
        request.headers["x-amz-checksum-mode"] = "ENABLED"
        return request
    }

    /// Reads the headers.
    public func decode(_ response: HTTPResponse) throws -> ObjectMetadata {
        ObjectMetadata(response.headers, hasContent: true)
    }
}
