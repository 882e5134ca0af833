/// What S3's headers tell of an object.
public struct ObjectMetadata: Sendable, Equatable, Codable {
    /// The entity tag, with its quotes.
    public let eTag: String?
    /// The version, in a bucket that keeps versions.
    public let versionID: String?
    /// The SHA-256 in Base64, when it was sent with the object.
    public let checksumSHA256: String?
    /// The encryption, such as `AES256`.
    public let serverSideEncryption: String?
    /// The size in bytes; nil in the answer to a put.
    public let contentLength: Int?
    /// The media type.
    public let contentType: String?

    init(_ headers: HTTPHeaders, hasContent: Bool) {
        eTag = headers["ETag"]
        versionID = headers["x-amz-version-id"].flatMap { $0 == "null" ? nil : $0 }
        checksumSHA256 = headers["x-amz-checksum-sha256"]
        serverSideEncryption = headers["x-amz-server-side-encryption"]
        contentLength = hasContent ? headers["Content-Length"].flatMap { Int($0) } : nil
        contentType = hasContent ? headers["Content-Type"] : nil
    }
}
