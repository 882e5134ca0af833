public import YAML

/// A type with a few values, spelled in the configuration as in its raw values.
public protocol Choice: FieldValue, RawRepresentable, CaseIterable, Hashable where RawValue == String {}

extension Choice {
    /// One of the raw values.
    public static var shape: Shape { .choice(allCases.map(\.rawValue)) }

    /// Reads one of the raw values, exactly as spelled; suggests the nearest one otherwise.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> Self? {
        guard let scalar = node.scalar, let value = Self(rawValue: scalar.text) else {
            decoder.reportChoice(node, choices: allCases.map(\.rawValue), shape: shape)
            return nil
        }
        return value
    }

    /// The raw value.
    public var configValue: ConfigValue { .string(rawValue) }
}
