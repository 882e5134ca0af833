import Foundation

/// Where a bucket or an object is: the bucket stands in the host name on AWS, in the path elsewhere.
///
/// A bucket with a dot in its name stands in the path too, since no wildcard certificate covers such a host.
/// Source: "Virtual hosting of buckets", Amazon S3 User Guide.
struct BucketAddress {
    let endpoint: Endpoint
    let bucket: String

    /// The address of the bucket, or of an object in it.
    ///
    /// - Parameters:
    ///   - key: the object's key, not encoded; nil for the bucket.
    ///   - query: a subresource such as `policy`.
    func url(key: String? = nil, query: String? = nil) -> HTTPURL {
        let object = key.map { "/" + PercentEncoding.encodePath($0) }
        guard isVirtualHosted else {
            return endpoint.url(path: "/" + PercentEncoding.encode(bucket) + (object ?? ""), query: query)
        }
        let base = endpoint.url(path: object ?? "/", query: query)
        return HTTPURL(
            scheme: base.scheme, host: "\(bucket).\(base.host)", port: base.port, path: base.path, query: base.query)
    }

    private var isVirtualHosted: Bool {
        !endpoint.isCustom && bucket.wholeMatch(of: #/[a-z0-9][a-z0-9-]{1,61}[a-z0-9]/#) != nil
    }
}
