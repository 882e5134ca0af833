/// The name of an S3 bucket (AWS docs: General purpose bucket naming rules).
public struct BucketName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an S3 bucket name", pattern: #"^[a-z0-9][a-z0-9.-]*[a-z0-9]$"#,
        rule: "lowercase letters, digits, hyphens and dots, a letter or digit first and last", length: 3...63,
        example: "sagemaker-ml-cluster-scripts")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Lowercases, and turns underscores into hyphens; takes the bucket out of an S3 address.
    public static func correction(of text: String) -> String? {
        var name = Substring(text)
        if name.hasPrefix("s3://") { name = name.dropFirst(5).prefix { $0 != "/" } }
        let candidate = String(name.lowercased().map { $0 == "_" ? "-" : $0 })
        return candidate != text && isValid(candidate) ? candidate : nil
    }

    /// The rules that a pattern cannot say.
    public static func problem(in text: String) -> String? {
        if text.contains("..") { return "two dots stand side by side" }
        let parts = text.split(separator: ".")
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) { return "it looks like an IP address" }
        for prefix in ["xn--", "sthree-", "amzn-s3-demo-"] where text.hasPrefix(prefix) {
            return "names that begin with \(prefix) are reserved"
        }
        for suffix in ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"] where text.hasSuffix(suffix) {
            return "names that end in \(suffix) are reserved"
        }
        return nil
    }
}
