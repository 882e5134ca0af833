/// An IAM role.
public enum IAMRole: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of an IAM role",
        pattern: #"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$"#,
        rule: "of the form arn:aws:iam::123456789012:role/name", length: 20...2048,
        example: "arn:aws:iam::123456789012:role/hyperpod-nodes")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
