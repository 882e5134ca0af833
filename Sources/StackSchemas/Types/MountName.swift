/// The mount name of a Lustre file system (AWS docs: ClusterFsxLustreConfig).
public struct MountName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Lustre mount name", pattern: #"^[A-Za-z0-9_-]{1,8}$"#, rule: "letters, digits, `-` and `_`", length: 1...8,
        example: "fsx", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
