/// A managed policy of IAM.
public enum IAMPolicy: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of a managed policy",
        pattern: #"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@_/-]{1,512}$"#,
        rule: "of the form arn:aws:iam::123456789012:policy/name", length: 20...2048,
        example: "arn:aws:iam::123456789012:policy/boundary")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
