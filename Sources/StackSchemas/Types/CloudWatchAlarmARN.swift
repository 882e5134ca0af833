/// An alarm of CloudWatch.
public enum CloudWatchAlarm: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of a CloudWatch alarm",
        pattern: #"^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:[0-9]{12}:alarm:.{1,255}$"#,
        rule: "of the form arn:aws:cloudwatch:us-east-1:123456789012:alarm:name", length: 20...2048,
        example: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:gpu-errors")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
