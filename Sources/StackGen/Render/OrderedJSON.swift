public import Diagnostics
internal import Jinja

/// A JSON value that keeps the order of keys and tells `1` from `1.0`, which templates can see.
///
/// The plain, `Sendable` form of what the engine's JSON reader reads.
public indirect enum OrderedJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits in 64 bits.
    case int(Int)
    /// Any other number.
    case double(Double)
    case string(String)
    case array([OrderedJSON])
    /// Keys with values in the order of the text. Of equal keys the last one counts, at the place of the first.
    case object([Member])

    /// A key with its value.
    public struct Member: Sendable, Equatable {
        /// The key.
        public let key: String
        /// The value.
        public let value: OrderedJSON

        /// A key with its value.
        public init(key: String, value: OrderedJSON) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a JSON text.
    /// - Throws: `DiagnosticError` with the place of the first thing that is not JSON (rule `JSON001`).
    public static func parse(_ file: SourceFile) throws -> OrderedJSON {
        OrderedJSON(try Value(json: file))
    }

    private init(_ value: Value) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text), .markup(let text): self = .string(text)
        case .list(let list): self = .array(list.items.map { OrderedJSON($0) })
        case .dict(let mapping):
            self = .object(
                zip(mapping.keys, mapping.values).map { key, value in
                    Member(key: key.stringValue ?? "", value: OrderedJSON(value))
                })
        case .none, .undefined, .tuple, .object: self = .null
        }
    }
}
