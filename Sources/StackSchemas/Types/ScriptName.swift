/// The file name of a lifecycle script below its S3 prefix (AWS docs: ClusterLifeCycleConfig).
public struct ScriptName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a script name", pattern: #"^[A-Za-z0-9._/-]+$"#, rule: "letters, digits, `.`, `-`, `_` and `/`",
        length: 1...128,
        example: "on_create.sh")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The name is relative to the prefix.
    public static func problem(in text: String) -> String? {
        if text.hasPrefix("/") { return "it is relative to the S3 prefix and begins without a slash" }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            Substring($0)
        }
        if let part = parts.first(where: { $0 == "." || $0 == ".." }) { return "`\(part)` is no folder in S3" }
        return parts.contains("") ? "a part between its slashes is empty" : nil
    }
}
