public import YAML

/// A type whose values are texts of one format, kept as they were written.
public protocol TextValue: FieldValue, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// What the texts look like.
    static var format: TextFormat { get }

    /// The compiled pattern of the format.
    static var pattern: TextPattern? { get }

    /// The text as written.
    var text: String { get }

    /// Holds a text that is known to have the format.
    init(text: String)

    /// What is wrong with a text that matches the pattern, where the pattern cannot say it all; `nil` when nothing is.
    static func problem(in text: String) -> String?

    /// What the person probably meant; `nil` when there is no guess.
    static func correction(of text: String) -> String?
}

extension TextValue {
    /// A value written in code.
    public init(stringLiteral text: String) { self.init(text: text) }

    /// The text.
    public var description: String { text }

    /// A text of the format.
    public static var shape: Shape { .text(format) }

    /// Nothing beyond the pattern.
    public static func problem(in text: String) -> String? { nil }

    /// No guess.
    public static func correction(of text: String) -> String? { nil }

    /// The text.
    public var configValue: ConfigValue { .string(text) }

    /// Whether a text has the format.
    public static func isValid(_ text: String) -> Bool { defect(in: text) == nil }

    /// Holds a text that has the format; `nil` for others.
    public init?(checking text: String) {
        guard Self.isValid(text) else { return nil }
        self.init(text: text)
    }

    /// Reads a scalar and checks its format.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Self? {
        // Nearly every text is right, which is told faster than what would be wrong with it.
        if let scalar = node.scalar, let pattern, pattern.plainlyAccepts(scalar.text), !scalar.isNull,
            problem(in: scalar.text) == nil
        {
            return Self(text: scalar.text)
        }
        guard let text = decoder.text(of: node, expected: shape) else { return nil }
        if let defect = defect(in: text) {
            decoder.report(defect, node: node, text: text, format: format, correction: correction(of: text))
            return nil
        }
        return Self(text: text)
    }

    private static func defect(in text: String) -> TextDefect? {
        let length = text.unicodeScalars.count
        if let most = format.maximumLength, length > most { return .length(length) }
        if let pattern, !pattern.matches(text) { return text.isEmpty ? .length(0) : .pattern }
        if let least = format.minimumLength, length < least { return .length(length) }
        return problem(in: text).map { .other($0) }
    }
}

/// Why a text has not the format of its type.
enum TextDefect {
    case length(Int)
    case pattern
    case other(String)
}
