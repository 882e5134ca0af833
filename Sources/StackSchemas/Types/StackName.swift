/// The name of a CloudFormation stack (AWS docs: CreateStack).
public struct StackName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a stack name", pattern: #"^[a-zA-Z][-a-zA-Z0-9]*$"#, rule: "letters, digits and hyphens, a letter first",
        length: 1...128, example: "ml-cluster")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
