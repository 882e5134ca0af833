/// Why something is as it is, in words.
public struct ReasonText: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a reason", length: 1...1024, example: "The region has it now.", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
