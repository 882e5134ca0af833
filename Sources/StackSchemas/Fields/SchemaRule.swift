/// The problems of shape: what a configuration must look like before its meaning can be judged.
public enum SchemaRule: String, CaseIterable, Sendable {
    /// A key that the schema does not know.
    case unknownKey = "SCHEMA001"
    /// A value of another type.
    case wrongType = "SCHEMA002"
    /// A required key that is not there.
    case missingKey = "SCHEMA003"
    /// A number out of its bounds.
    case outOfRange = "SCHEMA004"
    /// A text that is none of the choices.
    case unknownChoice = "SCHEMA005"
    /// A key without a value.
    case noValue = "SCHEMA006"
    /// A text that has not the format of its type.
    case malformedText = "SCHEMA007"
    /// Too few or too many items.
    case itemCount = "SCHEMA008"
    /// A text that is too short or too long.
    case textLength = "SCHEMA009"
    /// A `kind` that no one provides.
    case unknownKind = "SCHEMA010"
    /// A version that the kind does not have.
    case unknownVersion = "SCHEMA011"
    /// A file without any value.
    case emptyFile = "SCHEMA012"
    /// A text that CloudFormation would replace.
    case dynamicReference = "SCHEMA013"
    /// An item that occurs twice in a list of different ones.
    case repeatedItem = "SCHEMA014"
    /// A character that no AWS API takes.
    case controlCharacter = "SCHEMA015"
    /// A comment that means to silence a rule and does not.
    case silencing = "SCHEMA016"

    /// The stable id.
    public var id: String { rawValue }

    /// What the rule means, in one sentence.
    public var summary: String {
        switch self {
        case .unknownKey: "A key is not part of the schema."
        case .wrongType: "A value is not of the type of its field."
        case .missingKey: "A required key is missing."
        case .outOfRange: "A number is outside the bounds of its field."
        case .unknownChoice: "A value is none of the values that its field takes."
        case .noValue: "A key is written without a value."
        case .malformedText: "A text does not have the format of its field."
        case .itemCount: "A list or map has too few or too many items."
        case .textLength: "A text is too short or too long."
        case .unknownKind: "The kind is not known."
        case .unknownVersion: "The version of the kind is not known."
        case .emptyFile: "The file holds no value, or something else than a map."
        case .dynamicReference:
            "A text holds `{{resolve:`, which CloudFormation would replace by a secret or parameter."
        case .repeatedItem: "A list of different values holds one of them twice."
        case .controlCharacter: "A text holds a control character."
        case .silencing: "A comment or an item of `allow` names no warning or note with its reason."
        }
    }

    /// Why it matters.
    public var reason: String {
        switch self {
        case .unknownKey: "A key that nothing reads is most often a slip of the hand, and its value would be ignored."
        case .wrongType, .outOfRange, .unknownChoice, .malformedText, .itemCount, .textLength:
            "AWS refuses the value, most of the time long after the stack was started."
        case .missingKey: "There is no sensible default for it."
        case .noValue: "YAML reads it as null; whether a default or nothing was meant cannot be told."
        case .unknownKind, .unknownVersion: "Without a kind and its version there is no schema to check against."
        case .emptyFile: "A configuration is a map of keys with values."
        case .dynamicReference:
            "CloudFormation resolves such a text in any property and would put a secret in its place."
        case .repeatedItem: "AWS refuses lists with repeated items in this place."
        case .controlCharacter: "AWS names, descriptions and tags refuse control characters."
        case .silencing: "A rule is silenced only with its id and a reason, so that a reader knows why."
        }
    }
}
