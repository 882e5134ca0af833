/// The id of a VPC.
public struct VPCID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a VPC id", pattern: #"^vpc-[0-9a-f]{8,17}$"#, rule: "vpc- and hexadecimal digits",
        example: "vpc-0a1b2c3d4e5f60718")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
