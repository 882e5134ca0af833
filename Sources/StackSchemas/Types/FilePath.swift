/// A path on this machine, relative to the folder of the configuration.
public struct FilePath: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a file path", length: 1...1024, example: "scripts/on_create.sh", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
