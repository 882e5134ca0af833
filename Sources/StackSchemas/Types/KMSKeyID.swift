/// A KMS key: its id, its ARN or an alias.
public struct KMSKeyID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a KMS key",
        pattern:
            #"^(arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+|alias/[A-Za-z0-9/_-]+|(mrk-)?[0-9a-f-]{32,36})$"#,
        rule: "a key id, a key ARN or an alias", length: 1...2048, example: "1234abcd-12ab-34cd-56ef-1234567890ab")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The region of a key ARN.
    public var region: String? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 5 ? String(parts[3]) : nil
    }
}
