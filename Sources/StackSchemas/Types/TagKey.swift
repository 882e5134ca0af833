/// The key of a tag (AWS docs: Tag naming limits and requirements).
public struct TagKey: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a tag key", length: 1...128, example: "team", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
