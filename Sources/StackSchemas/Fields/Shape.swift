/// What values a field takes, in terms that every generator understands.
public indirect enum Shape: Sendable, Hashable, Codable {
    /// True or false.
    case boolean
    /// A whole number between bounds, both included.
    case integer(minimum: Int?, maximum: Int?)
    /// A number between bounds, both included.
    case number(minimum: Double?, maximum: Double?)
    /// A text of a format.
    case text(TextFormat)
    /// One of these texts.
    case choice([String])
    /// One of these whole numbers.
    case integerChoice([Int])
    /// A list; `unique` says that no item may occur twice.
    case list(of: Shape, minimum: Int?, maximum: Int?, unique: Bool)
    /// A map with keys of a format.
    case map(keys: TextFormat, values: Shape, maximum: Int?)
    /// A record with fields of its own.
    case record(RecordInfo)

    /// In words for a message and a reference: "an integer", "a list of CIDR blocks".
    public var description: String {
        switch self {
        case .boolean: "true or false"
        case .integer, .integerChoice: "an integer"
        case .number: "a number"
        case .text(let format): format.name
        case .choice: "one of the values named"
        case .list: "a list"
        case .map, .record: "a map"
        }
    }

    /// The bounds, choices or lengths in words; `nil` where there is nothing to say.
    public var constraintDescription: String? {
        switch self {
        case .integer(let minimum, let maximum): Self.range(minimum.map(String.init), maximum.map(String.init))
        case .number(let minimum, let maximum):
            Self.range(minimum.map { ConfigValue.number($0).flowText }, maximum.map { ConfigValue.number($0).flowText })
        case .choice(let choices): choices.joined(separator: ", ")
        case .integerChoice(let choices): choices.map(String.init).joined(separator: ", ")
        case .text(let format): format.constraintDescription
        case .list(let item, let minimum, let maximum, let unique):
            [
                item.constraintDescription.map { "each: \($0)" },
                Self.range(minimum.map { "\($0) items" }, maximum.map { "\($0) items" }),
                unique ? "each at most once" : nil,
            ].compactMap { $0 }.joined(separator: "; ").nonEmpty
        case .map(let keys, let values, let maximum):
            [
                keys.constraintDescription.map { "keys: \($0)" },
                values.constraintDescription.map { "values: \($0)" },
                maximum.map { "at most \($0) entries" },
            ].compactMap { $0 }.joined(separator: "; ").nonEmpty
        case .boolean, .record: nil
        }
    }

    private static func range(_ minimum: String?, _ maximum: String?) -> String? {
        switch (minimum, maximum) {
        case (let low?, let high?): "\(low) to \(high)"
        case (let low?, nil): "at least \(low)"
        case (nil, let high?): "at most \(high)"
        case (nil, nil): nil
        }
    }
}

extension String {
    /// The text, or `nil` for an empty one.
    var nonEmpty: String? { isEmpty ? nil : self }
}
