import Foundation

/// The calls that set one thing of a bucket: `PUT /?setting` with a document.
protocol BucketSetting: S3Operation where Output == EmptyOutput {
    /// The name in the query, such as `versioning`.
    static var subresource: String { get }
    /// The type of the document.
    static var contentType: String { get }
    /// The document.
    var document: String { get }
}

extension BucketSetting {
    static var contentType: String { "application/xml" }

    /// `PUT /?setting`.
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        request(
            "PUT", to: endpoint, query: "\(Self.subresource)=", body: Data(document.utf8),
            contentType: Self.contentType)
    }

    /// Nothing is read.
    public func decode(_ response: HTTPResponse) throws -> EmptyOutput { EmptyOutput() }
}
