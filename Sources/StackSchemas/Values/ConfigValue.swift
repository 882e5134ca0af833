/// A plain value of a configuration: what templates see, what generators print as a default.
///
/// Maps keep the order in which their entries were written, so nothing printed from one depends on hashing.
public indirect enum ConfigValue: Sendable, Hashable {
    /// Absent.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A number with a fraction.
    case double(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case list([ConfigValue])
    /// Keys with values, in order; no key occurs twice.
    case map([Entry])

    /// A key with its value.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: ConfigValue

        /// A key with its value.
        public init(_ key: String, _ value: ConfigValue) {
            self.key = key
            self.value = value
        }
    }

    /// A map in the order given, for maps whose keys are known.
    public static func record(_ entries: KeyValuePairs<String, ConfigValue>) -> ConfigValue {
        .map(entries.map { Entry($0.key, $0.value) })
    }

    /// The value of a key; `nil` where this is no map or has no such key.
    public subscript(key: String) -> ConfigValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    /// An item; `nil` where this is no list or is shorter.
    public subscript(index: Int) -> ConfigValue? {
        guard case .list(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    /// A text, or null for none.
    public static func optional(_ text: String?) -> ConfigValue { text.map { .string($0) } ?? .null }

    /// A whole number where the value has no fraction, otherwise a number.
    public static func number(_ value: Double) -> ConfigValue {
        if let whole = Int(exactly: value) { .int(whole) } else { .double(value) }
    }
}

extension ConfigValue {
    /// The value as one line of YAML flow style, which is also JSON except for plain texts.
    public var flowText: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .double(let value): "\(value)"
        case .string(let text): Self.isPlain(text) ? text : Self.quoted(text)
        case .list(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
        case .map(let entries):
            "{"
                + entries.map { "\(Self.string($0.key).flowText): \($0.value.flowText)" }.joined(separator: ", ")
                + "}"
        }
    }

    /// A text in double quotes with the escapes that JSON and YAML share.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Whether a text may stand unquoted in flow style and is still read as a text, by readers of YAML 1.1 and 1.2.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || isDigit(first) || first == UInt8(ascii: "/") else {
            return false
        }
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where !isLetter(byte) && !isDigit(byte) {
            // A colon inside a word is part of it; before a digit it could be a time of YAML 1.1.
            let isInnerColon =
                byte == UInt8(ascii: ":") && isLetter(first) && index + 1 < bytes.count
                && bytes[index + 1] != UInt8(ascii: " ")
            guard isInnerColon || "-._/".utf8.contains(byte) else { return false }
        }
        // What begins with a digit is a text only where a slash or several letters say so: 10.0.0.0/16.
        if isDigit(first), !text.utf8.contains(UInt8(ascii: "/")) { return false }
        return !reserved.contains(text.lowercased())
    }

    private static let reserved: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
