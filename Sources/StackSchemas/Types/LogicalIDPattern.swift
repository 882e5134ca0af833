/// A name of resources in the template; `*` stands for any characters.
public struct LogicalIDPattern: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a logical id", pattern: #"^[A-Za-z0-9*]+$"#, rule: "letters and digits, and * for any of them",
        length: 1...255, example: "EksCluster", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
