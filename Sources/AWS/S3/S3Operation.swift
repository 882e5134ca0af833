import Foundation

/// A call of S3 on one bucket.
protocol S3Operation: AWSOperation {
    /// The bucket.
    var bucket: String { get }
    /// The account that the bucket must belong to; S3 refuses the call when it does not.
    var expectedBucketOwner: String? { get }
}

extension S3Operation {
    /// S3.
    public static var service: AWSService { .s3 }
    /// The path as it is and the hash of the body in a header.
    public static var signing: SigningOptions { .s3 }

    /// A request to the bucket or an object in it, without a body.
    func request(
        _ method: String, to endpoint: Endpoint, key: String? = nil, query: String? = nil
    ) -> HTTPRequest {
        let url = BucketAddress(endpoint: endpoint, bucket: bucket).url(key: key, query: query)
        var request = HTTPRequest(method: method, url: url)
        request.headers["x-amz-expected-bucket-owner"] = expectedBucketOwner
        return request
    }

    /// The same with a body and its checksum, which S3 checks before it acts.
    func request(
        _ method: String, to endpoint: Endpoint, key: String? = nil, query: String? = nil, body: Data,
        contentType: String
    ) -> HTTPRequest {
        var request = request(method, to: endpoint, key: key, query: query)
        request.headers["Content-Type"] = contentType
        request.headers["x-amz-sdk-checksum-algorithm"] = "SHA256"
        request.headers["x-amz-checksum-sha256"] = Digest.sha256Base64(body)
        request.body = body
        return request
    }
}
