/// The value of a template's parameter.
public struct StackParameter: Sendable, Equatable, Codable {
    /// The name of the parameter.
    public let key: String
    /// Its value.
    public let value: String

    /// Makes a parameter.
    public init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    enum CodingKeys: String, CodingKey {
        case key = "ParameterKey"
        case value = "ParameterValue"
    }
}
