/// What texts of a type look like.
public struct TextFormat: Sendable, Hashable, Codable {
    /// With its article, for messages: "an S3 bucket name".
    public var name: String
    /// The regular expression that the whole text matches, in the part of the language that JSON Schema recommends.
    public var pattern: String?
    /// The pattern in words, for people.
    public var rule: String?
    /// The least number of characters.
    public var minimumLength: Int?
    /// The greatest number of characters.
    public var maximumLength: Int?
    /// A text of this format.
    public var example: String
    /// Whether the text is often written without quotes although YAML reads it as a number or a boolean.
    public var mayLookLikeNumber: Bool

    /// A format.
    public init(
        _ name: String, pattern: String? = nil, rule: String? = nil, length: ClosedRange<Int>? = nil,
        example: String, mayLookLikeNumber: Bool = false
    ) {
        self.name = name
        self.pattern = pattern
        self.rule = rule
        self.minimumLength = length?.lowerBound
        self.maximumLength = length?.upperBound
        self.example = example
        self.mayLookLikeNumber = mayLookLikeNumber
    }

    /// The rule and the length in words; `nil` where any text will do.
    public var constraintDescription: String? {
        let length: String? =
            switch (minimumLength ?? 0, maximumLength) {
            case (0, let most?): "at most \(most) characters"
            case (let least, let most?): "\(least) to \(most) characters"
            case (let least, nil): least > 0 ? "at least \(least) characters" : nil
            }
        return [rule, length].compactMap { $0 }.joined(separator: "; ").nonEmpty
    }
}
