/// A type of resources; `*` stands for any characters.
public struct ResourceTypePattern: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a resource type", pattern: #"^[A-Za-z0-9]+::[A-Za-z0-9*]+(::[A-Za-z0-9*]+)*$"#,
        rule: "of the form AWS::FSx::FileSystem or AWS::FSx::*", length: 5...196, example: "AWS::FSx::FileSystem")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
