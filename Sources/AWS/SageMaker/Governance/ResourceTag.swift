/// A tag of a SageMaker resource.
public struct ResourceTag: Sendable, Equatable, Codable {
    /// The key, 1 to 128 characters.
    public let key: String
    /// The value, at most 256 characters.
    public let value: String

    enum CodingKeys: String, CodingKey {
        case key = "Key"
        case value = "Value"
    }

    /// Makes a tag.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
