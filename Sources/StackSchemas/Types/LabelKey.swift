/// The key of a Kubernetes label or taint: a name, with a DNS prefix where wanted.
public struct LabelKey: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Kubernetes label key",
        pattern:
            #"^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"#,
        rule: "a name of letters, digits, `-`, `_` and `.`, with a DNS prefix and `/` in front where wanted",
        length: 1...317, example: "example.com/role")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// A name has at most 63 characters (Kubernetes docs: Labels and Selectors).
    public static func problem(in text: String) -> String? {
        let name = text.split(separator: "/").last ?? ""
        return name.utf8.count > 63 ? "its name has \(name.utf8.count) characters, more than 63" : nil
    }

    /// The DNS prefix; `nil` for a bare name.
    public var prefix: String? { text.firstIndex(of: "/").map { String(text[..<$0]) } }
}
