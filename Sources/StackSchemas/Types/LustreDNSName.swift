/// The DNS name of a Lustre file system (AWS docs: ClusterFsxLustreConfig).
public struct LustreDNSName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "the DNS name of an FSx file system", pattern: #"^(fs|fc)i?-[0-9a-f]{8,17}\.[A-Za-z0-9.-]{4,253}$"#,
        rule: "the file system's id and its domain", length: 1...275,
        example: "fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
