public import YAML

/// The weight of a priority class: 0 to 100, the higher goes first (AWS docs: PriorityClass).
public struct PriorityWeight: FieldValue, ExpressibleByIntegerLiteral, Comparable {
    /// The weight.
    public let value: Int

    /// A weight written in code.
    public init(integerLiteral value: Int) { self.value = value }

    /// A whole number of 0 to 100.
    public static var shape: Shape { .integer(minimum: 0, maximum: 100) }

    /// Reads a whole number and checks its bounds.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> PriorityWeight? {
        guard let value = Int.decode(node, &decoder) else { return nil }
        guard decoder.check(node, against: .range(0...100)) else { return nil }
        return PriorityWeight(integerLiteral: value)
    }

    /// The number.
    public var configValue: ConfigValue { .int(value) }

    /// Orders by number.
    public static func < (first: PriorityWeight, second: PriorityWeight) -> Bool { first.value < second.value }
}
