import Foundation

/// `CreateBucket`: makes a bucket in the endpoint's region.
///
/// A second call by the owner is an error with the code `BucketAlreadyOwnedByYou`, but in us-east-1 none.
public struct CreateBucketInput: S3Operation {
    /// Nothing is answered that the caller does not know.
    public typealias Output = EmptyOutput

    /// `CreateBucket`.
    public static let name = "CreateBucket"
    /// The bucket.
    public var bucket: String
    /// A new bucket has no owner yet.
    public var expectedBucketOwner: String? { nil }

    /// Makes the input.
    public init(bucket: String) {
        self.bucket = bucket
    }

    /// `PUT /` with the region; us-east-1 must not be named (Amazon S3 API Reference, CreateBucket).
    public func makeRequest(to endpoint: Endpoint) -> HTTPRequest {
        guard endpoint.region != "us-east-1" else { return request("PUT", to: endpoint) }
        let body = """
            <CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\
            <LocationConstraint>\(XMLText.escape(endpoint.region))</LocationConstraint></CreateBucketConfiguration>
            """
        return request("PUT", to: endpoint, body: Data(body.utf8), contentType: "application/xml")
    }

    /// Nothing is read.
    public func decode(_ response: HTTPResponse) throws -> EmptyOutput { EmptyOutput() }
}
