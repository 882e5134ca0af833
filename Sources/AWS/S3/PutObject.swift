public import Foundation

/// `PutObject`: stores an object in one request, up to 5 GB; S3 checks its SHA-256.
public struct PutObjectInput: S3Operation {
    /// What S3 stored it as.
    public typealias Output = ObjectMetadata
    /// `PutObject`.
    public static let name = "PutObject"
    /// The bucket.
    public var bucket: String
    /// The key, 1 to 1,024 bytes of UTF-8.
    public var key: String
    /// The bytes.
    public var body: Data
    /// The media type.
    public var contentType: String
    /// The encryption; nil is the bucket's own.
    public var encryption: ServerSideEncryption?
    /// Whether the call fails with status 412 when there is an object of that key.
    public var isOnlyIfAbsent: Bool
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(
        bucket: String, key: String, body: Data, contentType: String = "application/octet-stream",
        encryption: ServerSideEncryption? = .s3, isOnlyIfAbsent: Bool = false, expectedBucketOwner: String? = nil
    ) {
        self.bucket = bucket
        self.key = key
        self.body = body
        self.contentType = contentType
        self.encryption = encryption
        self.isOnlyIfAbsent = isOnlyIfAbsent
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// `PUT /key`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        var request = request("PUT", to: endpoint, key: key, body: body, contentType: contentType)
        request.headers["x-amz-server-side-encryption"] = encryption?.algorithm
        request.headers["x-amz-server-side-encryption-aws-kms-key-id"] = encryption?.keyID
        if isOnlyIfAbsent { request.headers["If-None-Match"] = "*" }
        return request
    }

    /// Reads the headers.
    public func decode(_ response: HTTPResponse) throws -> ObjectMetadata {
        ObjectMetadata(response.headers, hasContent: false)
    }
}
