/// A bucket and a prefix in S3: `s3://bucket/prefix`.
public struct S3URI: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an S3 address", pattern: #"^s3://[a-z0-9][a-z0-9.-]*[a-z0-9](/.*)?$"#, rule: "s3://, a bucket and a prefix",
        length: 8...1024, example: "s3://my-training-data/images")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The bucket has to be a lawful name.
    public static func problem(in text: String) -> String? {
        let bucket = S3URI(text: text).bucket
        if bucket.count < 3 || bucket.count > 63 {
            return "the bucket's name has \(bucket.count) characters, not 3 to 63"
        }
        return BucketName.problem(in: bucket)
    }

    /// Puts `s3://` in front.
    public static func correction(of text: String) -> String? {
        guard !text.contains("://") else { return nil }
        let candidate = "s3://" + text.drop { $0 == "/" }
        return isValid(candidate) ? candidate : nil
    }

    /// The bucket.
    public var bucket: String { String(text.dropFirst(5).prefix { $0 != "/" }) }

    /// The parts of the prefix.
    public var folders: [String] { text.dropFirst(5 + bucket.count).split(separator: "/").map(String.init) }
}
