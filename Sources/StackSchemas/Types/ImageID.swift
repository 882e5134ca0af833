/// The id of a machine image, built from a HyperPod base image.
public struct ImageID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an image id", pattern: #"^(ami-[0-9a-f]{8,17}|default)$"#,
        rule: "ami- and hexadecimal digits, or default", example: "ami-0123456789abcdef0")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
