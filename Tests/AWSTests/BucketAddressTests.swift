import Testing

@testable import AWS

@Suite struct BucketAddressTests {
    @Test(arguments: [
        ("https://s3.r.amazonaws.com", false, "my-bucket", "k", "https://my-bucket.s3.r.amazonaws.com/k"),
        ("https://s3.r.amazonaws.com", false, "my.bucket", "k", "https://s3.r.amazonaws.com/my.bucket/k"),
        ("https://s3.r.amazonaws.com", false, "Old_Bucket", "k", "https://s3.r.amazonaws.com/Old_Bucket/k"),
        ("http://localhost:9000", true, "my-bucket", "a b/ü", "http://localhost:9000/my-bucket/a%20b/%C3%BC"),
        ("https://proxy/s3/", true, "my-bucket", "k", "https://proxy/s3/my-bucket/k"),
        ("https://s3.r.amazonaws.com", false, "my-bucket", "/lead//x", "https://my-bucket.s3.r.amazonaws.com//lead//x"),
    ])
    func standsInHostOrPath(base: String, isCustom: Bool, bucket: String, key: String, expected: String) throws {
        let url = try #require(HTTPURL(base))
        let endpoint = Endpoint(url: url, region: "r", isCustom: isCustom, source: "t")
        #expect(BucketAddress(endpoint: endpoint, bucket: bucket).url(key: key).description == expected)
    }
}
