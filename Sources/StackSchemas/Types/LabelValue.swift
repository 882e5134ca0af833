/// The value of a Kubernetes label or taint.
public struct LabelValue: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Kubernetes label value", pattern: #"^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$"#,
        rule: "letters, digits, `-`, `_` and `.`, a letter or digit first and last", length: 0...63,
        example: "training", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
