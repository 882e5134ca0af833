/// Prints values as JSON in the order in which they were built.
enum JSONText {
    /// Indented JSON with a final newline; lists of scalars stay on one line.
    static func pretty(_ value: ConfigValue) -> String { text(value, indent: 0) + "\n" }

    private static func text(_ value: ConfigValue, indent: Int) -> String {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch value {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .double(let value): return "\(value)"
        case .string(let text): return ConfigValue.quoted(text)
        case .list(let items):
            if items.allSatisfy(\.isScalar) {
                return "[" + items.map { self.text($0, indent: indent) }.joined(separator: ", ") + "]"
            }
            let lines = items.map { inner + self.text($0, indent: indent + 2) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
        case .map(let entries):
            if entries.isEmpty { return "{}" }
            let lines = entries.map { entry in
                "\(inner)\(ConfigValue.quoted(entry.key)): \(self.text(entry.value, indent: indent + 2))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
        }
    }
}

extension ConfigValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .list, .map: false
        default: true
        }
    }
}
