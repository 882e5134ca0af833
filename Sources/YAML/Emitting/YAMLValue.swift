/// A plain value to be written as YAML: by the emitter, or by an edit.
public enum YAMLValue: Sendable, Hashable {
    /// Null.
    case null
    /// A boolean.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A number with a fraction.
    case double(Double)
    /// A string: quoted wherever plain text would be read as something else.
    case string(String)
    /// A scalar as a person typed it: plain wherever that keeps its text, so `8` is a number and `1.30` stays `1.30`.
    case typed(String)
    /// A list.
    case list([YAMLValue])
    /// A map in a fixed order.
    case map([Member])

    /// A key with its value.
    public struct Member: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: YAMLValue

        /// A key with its value.
        public init(_ key: String, _ value: YAMLValue) {
            self.key = key
            self.value = value
        }
    }

    /// A map of pairs in the order given.
    public static func map(_ pairs: KeyValuePairs<String, YAMLValue>) -> YAMLValue {
        .map(pairs.map { Member($0.key, $0.value) })
    }

    /// Whether the value is a list or a map that holds something.
    var isFilledCollection: Bool {
        switch self {
        case .list(let items): !items.isEmpty
        case .map(let members): !members.isEmpty
        default: false
        }
    }

    /// Whether the value is a list or a map.
    var isCollection: Bool {
        switch self {
        case .list, .map: true
        default: false
        }
    }
}

extension YAMLValue {
    /// The value of a node, with aliases written out: at most as large as `ParserLimits.expandedNodes` allowed.
    ///
    /// A number too large for `Int` or `Double` and every other resolvable text keeps its text as `.typed`.
    public init(_ node: Node) {
        switch node.content {
        case .sequence(let items): self = .list(items.map(YAMLValue.init))
        case .mapping(let entries): self = .map(entries.map { Member($0.name, YAMLValue($0.value)) })
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: self = .null
            case .bool: self = .bool(scalar.asBool ?? false)
            case .int: self = scalar.asInt.map(YAMLValue.int) ?? .typed(scalar.text)
            case .float: self = scalar.asDouble.map(YAMLValue.double) ?? .typed(scalar.text)
            case .string: self = .string(scalar.text)
            }
        }
    }
}
