internal import AWS
internal import Foundation

/// Brings a template that is too long for the call itself to CloudFormation by way of a bucket.
struct TemplateUpload {
    /// What the record keeps of it, `upload.json`.
    struct Receipt: Codable, Equatable {
        let bucket: String
        let key: String
        let url: String
        let versionID: String?
        let eTag: String?
        let sha256: String

        enum CodingKeys: String, CodingKey {
            case bucket, key, url
            case versionID = "version_id"
            case eTag = "etag"
            case sha256
        }
    }

    let client: AWSClient
    let account: String

    /// The bucket that is used when the configuration names none: one an account and region.
    static func defaultBucket(account: String, region: String) -> String { "stackgen-\(account)-\(region)" }

    /// The key of a template: its content and nothing else decides it.
    static func key(sha256: String) -> String { "templates/\(sha256).yaml" }

    /// The address that CloudFormation reads.
    func url(bucket: String, key: String) -> String {
        let region = client.configuration.region.value
        return "https://\(bucket).s3.\(region).\(client.configuration.partition.dnsSuffix)/\(key)"
    }

    /// Whether a bucket is there and may be used by the caller.
    /// - Throws: `AWSServiceError` when it belongs to somebody else.
    func exists(_ bucket: String) async throws -> Bool {
        do {
            _ = try await client.send(HeadBucketInput(bucket: bucket, expectedBucketOwner: account))
            return true
        } catch let error as AWSServiceError where error.status == 404 {
            return false
        }
    }

    /// Makes the bucket: encrypted, versioned, closed to the public, TLS only.
    func create(_ bucket: String) async throws {
        _ = try await client.send(CreateBucketInput(bucket: bucket))
        _ = try await client.send(PutPublicAccessBlockInput(bucket: bucket))
        _ = try await client.send(PutBucketEncryptionInput(bucket: bucket))
        _ = try await client.send(PutBucketVersioningInput(bucket: bucket))
        let policy = PutBucketPolicyInput.tlsOnly(bucket: bucket, partition: client.configuration.partition)
        _ = try await client.send(PutBucketPolicyInput(bucket: bucket, policy: policy))
    }

    /// Puts the template. The object is encrypted and AWS checks its SHA-256.
    func put(_ bytes: [UInt8], bucket: String, sha256: String) async throws -> Receipt {
        let key = Self.key(sha256: sha256)
        let metadata = try await client.send(
            PutObjectInput(
                bucket: bucket, key: key, body: Data(bytes), contentType: "application/yaml",
                expectedBucketOwner: account))
        return Receipt(
            bucket: bucket, key: key, url: url(bucket: bucket, key: key), versionID: metadata.versionID,
            eTag: metadata.eTag, sha256: sha256)
    }
}
