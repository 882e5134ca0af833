/// The name of a configuration: the prefix of everything that is created.
public struct ConfigName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a configuration name", pattern: #"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"#,
        rule: "lowercase letters and digits in words joined by single hyphens, a letter first", length: 1...40,
        example: "ml-cluster")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Lowercases, and turns what cannot stand in a name into hyphens.
    public static func correction(of text: String) -> String? {
        let mapped = text.lowercased().unicodeScalars.map { scalar -> Character in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "-"
        }
        let candidate = String(mapped).split(separator: "-").joined(separator: "-")
        return candidate != text && isValid(candidate) ? candidate : nil
    }
}
