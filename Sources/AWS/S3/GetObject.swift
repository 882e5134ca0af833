public import Foundation

/// `GetObject`: the bytes of an object.
public struct GetObjectInput: S3Operation {
    /// The object.
    public struct Output: Sendable, Equatable {
        /// The bytes.
        public let body: Data
        /// What is known of it.
        public let metadata: ObjectMetadata
    }

    /// `GetObject`.
    public static let name = "GetObject"
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

    /// `GET /key`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        let version = versionID.map { "versionId=\(PercentEncoding.encode($0))" }
        var request = request("GET", to: endpoint, key: key, query: version)
        // The transport would otherwise unpack an object that was stored packed.
        request.headers["Accept-Encoding"] = "identity"
        request.headers["x-amz-checksum-mode"] = "ENABLED"
        return request
    }

    /// Reads the body, and compares its SHA-256 when S3 tells it.
    public func decode(_ response: HTTPResponse) throws -> Output {
        let metadata = ObjectMetadata(response.headers, hasContent: true)
        // The checksum of an object stored in parts ends with the number of parts and is not that of its bytes.
        if let checksum = metadata.checksumSHA256, !checksum.contains("-"),
            checksum != Digest.sha256Base64(response.body)
        {
            throw Self.failure("the SHA-256 of the object is not the one that S3 tells")
        }
        return Output(body: response.body, metadata: metadata)
    }
}
