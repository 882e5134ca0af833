/// An output of a stack.
public struct StackOutput: Sendable, Equatable, Codable {
    /// The name in the template.
    public let key: String
    /// The value.
    public let value: String
    /// What the template says about it.
    public let description: String?
    /// The name under which other stacks import it.
    public let exportName: String?

    enum CodingKeys: String, CodingKey {
        case key = "OutputKey"
        case value = "OutputValue"
        case description = "Description"
        case exportName = "ExportName"
    }
}
