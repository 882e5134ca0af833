/// The name of a team or of a priority class (AWS docs: AWS::SageMaker::ComputeQuota).
public struct GovernanceName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a team or class name", pattern: #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"#,
        rule: "lowercase letters, digits and hyphens, a letter or digit first and last", length: 1...63,
        example: "team-a")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Lowercases, and turns underscores and spaces into hyphens.
    public static func correction(of text: String) -> String? {
        let candidate = String(text.lowercased().map { "_. ".contains($0) ? "-" : $0 })
        return candidate != text && isValid(candidate) ? candidate : nil
    }
}
