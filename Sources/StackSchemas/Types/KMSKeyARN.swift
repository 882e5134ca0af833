/// A key of KMS.
public enum KMSKey: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of a KMS key",
        pattern: #"^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$"#,
        rule: "of the form arn:aws:kms:us-east-1:123456789012:key/id", length: 20...2048,
        example: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
