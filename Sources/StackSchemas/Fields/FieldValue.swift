public import YAML

/// A type that a field can have: it knows its shape, reads itself from YAML and gives itself to templates.
public protocol FieldValue: Sendable, Equatable {
    /// What values the type takes.
    static var shape: Shape { get }

    /// Whether absence is a value of the type.
    static var isOptional: Bool { get }

    /// Reads a value; reports every problem and gives `nil` where no value can be made of the node.
    static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Self?

    /// The plain value that templates see.
    var configValue: ConfigValue { get }

    /// What stands behind a key of a map or record, or behind a position of a list; `nil` where there is nothing.
    static func part(_ name: String) -> FieldPart?
}

extension FieldValue {
    /// Most types have no absent value.
    public static var isOptional: Bool { false }

    /// Scalars have no parts.
    public static func part(_ name: String) -> FieldPart? { nil }
}

/// The type that stands at a place of a configuration, with what its field demands beyond the type.
public struct FieldPart: Sendable {
    /// The type of the value.
    public let type: any FieldValue.Type
    /// What the field demands.
    public let limits: Limits
}

extension Bool: FieldValue {
    /// True or false.
    public static var shape: Shape { .boolean }

    /// Reads `true` or `false`; points at `yes`, `no`, `on` and `off`, which YAML 1.2 reads as texts.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Bool? {
        guard let value = node.scalar?.asBool else {
            decoder.reportType(node, expected: shape, suggestion: node.scalar.flatMap { intended($0.text) })
            return nil
        }
        return value
    }

    private static func intended(_ text: String) -> String? {
        switch text.lowercased() {
        case "yes", "on", "y", "true", "1", "enabled", "enable": "true"
        case "no", "off", "n", "false", "0", "disabled", "disable": "false"
        default: nil
        }
    }

    /// The value itself.
    public var configValue: ConfigValue { .bool(self) }
}

extension Int: FieldValue {
    /// A whole number.
    public static var shape: Shape { .integer(minimum: nil, maximum: nil) }

    /// Reads a whole number written without quotes.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Int? {
        guard let value = node.scalar?.asInt else {
            if let scalar = node.scalar, scalar.kind == .int {
                decoder.reportUnholdable(node, scalar.text)
                return nil
            }
            decoder.reportType(node, expected: shape, suggestion: node.scalar.flatMap { intended($0.text) })
            return nil
        }
        return value
    }

    private static func intended(_ text: String) -> String? {
        if let value = Int(text) { return String(value) }
        if let value = Double(text), let whole = Int(exactly: value) { return String(whole) }
        return nil
    }

    /// The value itself.
    public var configValue: ConfigValue { .int(self) }
}

extension Double: FieldValue {
    /// A number.
    public static var shape: Shape { .number(minimum: nil, maximum: nil) }

    /// Reads a finite number written without quotes.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Double? {
        guard let value = node.scalar?.asDouble, value.isFinite else {
            let number = node.scalar.flatMap { Double($0.text) }.flatMap { $0.isFinite ? $0 : nil }
            decoder.reportType(node, expected: shape, suggestion: number.map { ConfigValue.number($0).flowText })
            return nil
        }
        return value
    }

    /// The value itself; a whole number where it has no fraction.
    public var configValue: ConfigValue { .number(self) }
}

extension String: FieldValue {
    /// Any text.
    public static var shape: Shape { .text(TextFormat("a text", example: "text", mayLookLikeNumber: true)) }

    /// Reads any scalar as it is written.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> String? {
        decoder.text(of: node, expected: shape)
    }

    /// The value itself.
    public var configValue: ConfigValue { .string(self) }
}

extension Optional: FieldValue where Wrapped: FieldValue {
    /// The shape of the value where there is one.
    public static var shape: Shape { Wrapped.shape }

    /// Absence is a value.
    public static var isOptional: Bool { true }

    /// The parts of the value where there is one.
    public static func part(_ name: String) -> FieldPart? { Wrapped.part(name) }

    /// Reads a value; a written-out `null` is absence.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Wrapped?? {
        if node.isNull { return .some(.none) }
        return Wrapped.decode(node, &decoder).map { .some($0) }
    }

    /// The value, or null.
    public var configValue: ConfigValue { map(\.configValue) ?? .null }
}

extension Array: FieldValue where Element: FieldValue {
    /// A list of the items' shape.
    public static var shape: Shape { .list(of: Element.shape, minimum: nil, maximum: nil, unique: false) }

    /// An item, whatever its position.
    public static func part(_ name: String) -> FieldPart? { FieldPart(type: Element.self, limits: .none) }

    /// Reads every item that can be read.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> [Element]? {
        guard let items = node.sequence else {
            decoder.reportType(node, expected: shape)
            return nil
        }
        var result: [Element] = []
        result.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            decoder.path.append(.index(index))
            defer { decoder.path.removeLast() }
            if decoder.hasNoValue(item) { continue }
            if let value = Element.decode(item, &decoder) { result.append(value) }
        }
        return result
    }

    /// The items' plain values.
    public var configValue: ConfigValue { .list(map(\.configValue)) }
}
