/// The id of a rule, such as `FSX011`.
public struct RuleID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a rule id", pattern: #"^[A-Z]+[0-9]{3}$"#, rule: "capital letters and three digits", length: 4...12,
        example: "FSX011")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Ids are written in capital letters.
    public static func correction(of text: String) -> String? {
        let candidate = text.uppercased()
        return candidate != text && isValid(candidate) ? candidate : nil
    }
}
