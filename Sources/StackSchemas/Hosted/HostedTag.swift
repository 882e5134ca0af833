/// A tag as CloudFormation's own API spells it.
public struct HostedTag: Record {
    /// The key.
    public var key: TagKey = ""
    /// The value.
    public var value: TagValue = ""

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<HostedTag>("hosted_tag", "A tag of the stack and of the cluster.") {
        Field("Key", \.key, "Key of the tag.", required: true, example: "team")
        Field("Value", \.value, "Value of the tag.", required: true, example: "ml-platform")
    }
}
