/// A tag of a stack, which CloudFormation hands on to the resources that can have tags.
public struct StackTag: Sendable, Equatable, Codable {
    /// The key, 1 to 128 characters.
    public let key: String
    /// The value, up to 256 characters.
    public let value: String

    /// Makes a tag.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case key = "Key"
        case value = "Value"
    }
}
