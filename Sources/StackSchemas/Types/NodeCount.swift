public import YAML

/// A number of nodes: 0 to 100,000, more than any HyperPod cluster has (AWS docs: SageMaker quotas).
public struct NodeCount: FieldValue, ExpressibleByIntegerLiteral {
    /// The number.
    public let value: Int

    /// A number written in code.
    public init(integerLiteral value: Int) { self.value = value }

    private static let bounds = 0...100_000

    /// A whole number within the bounds.
    public static var shape: Shape { .integer(minimum: bounds.lowerBound, maximum: bounds.upperBound) }

    /// Reads a whole number and checks its bounds.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> NodeCount? {
        guard let value = Int.decode(node, &decoder) else { return nil }
        guard decoder.check(node, against: .range(bounds)) else { return nil }
        return NodeCount(integerLiteral: value)
    }

    /// The number.
    public var configValue: ConfigValue { .int(value) }
}
