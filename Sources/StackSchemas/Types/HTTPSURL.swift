/// An address of the web.
public struct HTTPSURL: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an https address", pattern: #"^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~%/+@-]*)?$"#,
        rule: "https:// and a host", length: 9...1024, example: "https://github.com/aws/sagemaker-hyperpod-cli.git")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
