internal import Foundation

/// `DeleteObjects`: takes up to 1,000 versions out of a bucket, for good.
///
/// Source: AWS docs, DeleteObjects (Amazon S3 API).
public struct DeleteObjectsInput: S3Operation {
    /// What S3 did not delete.
    public struct Output: Sendable, Equatable {
        /// One entry for each: key, code and message.
        public let errors: [String]
    }

    /// `DeleteObjects`.
    public static let name = "DeleteObjects"
    /// The bucket.
    public var bucket: String
    /// The versions, at most 1,000.
    public var versions: [ListObjectVersionsInput.ObjectVersion]
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(
        bucket: String, versions: [ListObjectVersionsInput.ObjectVersion], expectedBucketOwner: String? = nil
    ) {
        self.bucket = bucket
        self.versions = versions
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// A version that is gone already is no error.
    public var isRepeatable: Bool { true }

    /// `POST /?delete`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        let objects = versions.map {
            "<Object><Key>\(XMLText.escape($0.key))</Key><VersionId>\(XMLText.escape($0.versionID))</VersionId></Object>"
        }
        let document =
            #"<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"# + objects.joined()
            + "<Quiet>true</Quiet></Delete>"
        return request(
            "POST", to: endpoint, query: "delete=", body: Data(document.utf8), contentType: "application/xml")
    }

    /// Reads what was not deleted.
    public func decode(_ response: HTTPResponse) throws -> Output {
        guard !response.body.isEmpty else { return Output(errors: []) }
        guard let root = XMLTree(response.body) else { throw Self.failure("it is no XML") }
        let errors = root.children.filter { $0.name == "Error" }.map { element in
            ["Key", "Code", "Message"].compactMap { element.string($0) }.joined(separator: ": ")
        }
        return Output(errors: errors)
    }
}

extension AWSClient {
    /// Reads every version in a bucket, page by page.
    ///
    /// - Throws: what `send` throws.
    public func objectVersions(
        in bucket: String, owner: String? = nil,
        page: (_ versions: [ListObjectVersionsInput.ObjectVersion]) async throws -> Void
    ) async throws {
        var input = ListObjectVersionsInput(bucket: bucket, expectedBucketOwner: owner)
        while true {
            let answer = try await send(input)
            try await page(answer.versions)
            guard let next = answer.next, next != input.marker else { return }
            input.marker = next
        }
    }
}
