public import YAML

/// A map from texts of one type to values, in the order of the configuration.
public struct TextMap<Key: TextValue, Value: FieldValue>: FieldValue, ExpressibleByDictionaryLiteral {
    /// A key with its value.
    public struct Entry: Sendable, Equatable {
        /// The key.
        public var key: Key
        /// The value.
        public var value: Value

        /// A key with its value.
        public init(key: Key, value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// The entries in order.
    public var entries: [Entry]

    /// A map of these entries.
    public init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// A map in the order written.
    public init(dictionaryLiteral elements: (Key, Value)...) {
        self.init(elements.map { Entry(key: $0.0, value: $0.1) })
    }

    /// Whether it holds nothing.
    public var isEmpty: Bool { entries.isEmpty }

    /// The value of a key.
    public subscript(key: String) -> Value? { entries.first { $0.key.text == key }?.value }

    /// A map with keys and values of their types.
    public static var shape: Shape { .map(keys: Key.format, values: Value.shape, maximum: nil) }

    /// A value, whatever its key.
    public static func part(_ name: String) -> FieldPart? {
        Key.isValid(name) ? FieldPart(type: Value.self, limits: .none) : nil
    }

    /// Reads every entry that can be read.
    public static func decode(_ node: Node, _ decoder: inout ConfigDecoder) -> TextMap? {
        guard let entries = node.mapping else {
            decoder.reportType(node, expected: shape)
            return nil
        }
        var result = TextMap()
        for entry in entries {
            decoder.path.append(.key(entry.name))
            defer { decoder.path.removeLast() }
            guard let key = Key.decode(entry.key, &decoder) else { continue }
            if decoder.hasNoValue(entry.value, of: entry.key) { continue }
            guard let value = Value.decode(entry.value, &decoder) else { continue }
            result.entries.append(Entry(key: key, value: value))
        }
        return result
    }

    /// The entries' plain values.
    public var configValue: ConfigValue {
        .map(entries.map { ConfigValue.Entry($0.key.text, $0.value.configValue) })
    }
}
