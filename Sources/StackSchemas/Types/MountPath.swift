/// Where a file system is mounted on a node (AWS docs: ClusterFsxLustreConfig).
public struct MountPath: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a mount path", pattern: #"^/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$"#,
        rule: "absolute, without a slash at the end", length: 2...1024, example: "/fsx")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Cuts the slash at the end off.
    public static func correction(of text: String) -> String? {
        var candidate = text.hasPrefix("/") ? text : "/" + text
        while candidate.count > 1, candidate.last == "/" { candidate.removeLast() }
        return candidate != text && isValid(candidate) ? candidate : nil
    }
}
