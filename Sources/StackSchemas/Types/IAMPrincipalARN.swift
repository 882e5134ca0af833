/// A role or user of IAM.
public enum IAMPrincipal: ARNKind {
    /// What such ARNs look like.
    public static let format = TextFormat(
        "the ARN of an IAM role or user",
        pattern: #"^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]{1,512}$"#,
        rule: "of the form arn:aws:iam::123456789012:role/name; a session (sts, assumed-role) is none",
        length: 20...2048,
        example: "arn:aws:iam::123456789012:role/ml-admin")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)
}
