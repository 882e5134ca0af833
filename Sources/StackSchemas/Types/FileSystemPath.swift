/// A folder of a Lustre file system (AWS docs: CreateDataRepositoryAssociation).
public struct FileSystemPath: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a path of the file system", pattern: #"^/.*$"#, rule: "absolute: it begins with a slash", length: 1...4096,
        example: "/data")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Puts the slash in front.
    public static func correction(of text: String) -> String? {
        text.hasPrefix("/") || text.isEmpty ? nil : "/" + text
    }

    /// The folders on the way.
    public var folders: [String] { text.split(separator: "/").map(String.init) }
}
