/// A topic of SNS.
public enum SNSTopic: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of an SNS topic",
        pattern: #"^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}$"#,
        rule: "of the form arn:aws:sns:us-east-1:123456789012:name", length: 20...2048,
        example: "arn:aws:sns:us-east-1:123456789012:stack-events")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
