/// The id of an FSx file system.
public struct FileSystemID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an FSx file system id", pattern: #"^fs-[0-9a-f]{8,17}$"#, rule: "fs- and hexadecimal digits",
        example: "fs-0123456789abcdef0")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
