internal import Foundation

/// `ListObjectVersions`: a page of the versions and delete markers in a bucket.
///
/// Source: AWS docs, ListObjectVersions (Amazon S3 API).
public struct ListObjectVersionsInput: S3Operation {
    /// A page.
    public struct Output: Sendable, Equatable {
        /// Versions and delete markers.
        public let versions: [ObjectVersion]
        /// Where the next page begins; nil after the last one.
        public let next: Marker?
    }

    /// A version of an object, or a delete marker.
    public struct ObjectVersion: Sendable, Equatable {
        /// The key.
        public let key: String
        /// The version; `null` in a bucket that was never versioned.
        public let versionID: String

        /// Names a version.
        public init(key: String, versionID: String) {
            self.key = key
            self.versionID = versionID
        }
    }

    /// Where a page begins.
    public struct Marker: Sendable, Equatable {
        let key: String
        let versionID: String?
    }

    /// `ListObjectVersions`.
    public static let name = "ListObjectVersions"
    /// The bucket.
    public var bucket: String
    /// Where the page begins; nil is the first page.
    public var marker: Marker?
    /// The account that the bucket must belong to.
    public var expectedBucketOwner: String?

    /// Makes the input.
    public init(bucket: String, marker: Marker? = nil, expectedBucketOwner: String? = nil) {
        self.bucket = bucket
        self.marker = marker
        self.expectedBucketOwner = expectedBucketOwner
    }

    /// `GET /?versions`; keys come percent-encoded, since XML cannot hold every one.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        var parts = ["encoding-type=url"]
        if let marker {
            parts.append("key-marker=\(PercentEncoding.encode(marker.key))")
            if let id = marker.versionID { parts.append("version-id-marker=\(PercentEncoding.encode(id))") }
        }
        return request("GET", to: endpoint, query: (parts + ["versions="]).joined(separator: "&"))
    }

    /// Reads a page.
    public func decode(_ response: HTTPResponse) throws -> Output {
        guard let root = XMLTree(response.body) else { throw Self.failure("it is no XML") }
        let versions = root.children.filter { ["Version", "DeleteMarker"].contains($0.name) }.compactMap { element in
            element.string("Key").map {
                ObjectVersion(key: Self.decoded($0), versionID: element.string("VersionId") ?? "null")
            }
        }
        guard root.boolean("IsTruncated") == true, let key = root.string("NextKeyMarker") else {
            return Output(versions: versions, next: nil)
        }
        return Output(
            versions: versions,
            next: Marker(key: Self.decoded(key), versionID: root.string("NextVersionIdMarker")))
    }

    private static func decoded(_ text: String) -> String {
        String(decoding: PercentEncoding.decodeQueryPart(text), as: UTF8.self)
    }
}
