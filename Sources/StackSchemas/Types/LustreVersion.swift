/// A version of Lustre, kept as text: 2.10 is not 2.1.
public struct LustreVersion: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Lustre version", pattern: #"^[0-9]+\.[0-9]+$"#, rule: "two numbers joined by a dot", length: 3...20,
        example: "2.15", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
