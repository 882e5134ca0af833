/// A description, at most 1,024 bytes (AWS docs: CloudFormation quotas).
public struct DescriptionText: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a description", length: 0...1024, example: "Cluster of the research group", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// CloudFormation counts bytes.
    public static func problem(in text: String) -> String? {
        text.utf8.count > 1024 ? "it has \(text.utf8.count) bytes, more than 1024" : nil
    }
}
