/// Writes the keys of a schema with their explanations.
enum ScaffoldWriter {
    /// A sentence as comment lines.
    static func comment(_ text: String, indent: String) -> [String] {
        Wrapping.lines(text, width: 98 - indent.count).map { "\(indent)# \($0)" }
    }

    /// A field with its explanation: live where it has a value or a default, commented out otherwise.
    static func lines(of field: FieldInfo, value: ConfigValue?, indent: String) -> [String] {
        comment("\(field.summary) (\(field.facts))", indent: indent) + body(of: field, value: value, indent: indent)
    }

    private static func body(of field: FieldInfo, value: ConfigValue?, indent: String) -> [String] {
        switch field.shape {
        case .record(let record):
            let inner = lines(of: record, values: value, indent: indent + "  ")
            let isLive = (!field.isOptional || value != nil) && inner.contains(where: isLive)
            return block("\(indent)\(field.key):", inner, indent: indent, isLive: isLive)
        case .list(.record(let record), _, _, _):
            if case .list(let items) = value, !items.isEmpty {
                return ["\(indent)\(field.key):"] + items.flatMap { item(record, $0, indent: indent + "  ") }
            }
            let example = item(record, .null, indent: indent + "  ")
            return ["\(indent)\(field.key): []"]
                + block("\(indent)\(field.key):", example, indent: indent, isLive: false)
        default:
            if let value = value ?? field.defaultValue { return ["\(indent)\(field.key): \(value.flowText)"] }
            let example = field.example ?? .null
            return ["\(indent)\(field.isRequired ? "" : "# ")\(field.key): \(example.flowText)"]
        }
    }

    private static func lines(of record: RecordInfo, values: ConfigValue?, indent: String) -> [String] {
        record.fields.flatMap { lines(of: $0, value: values?[$0.key], indent: indent) }
    }

    /// An item of a list: the dash stands before its first live key, explanations of that key above it.
    private static func item(_ record: RecordInfo, _ value: ConfigValue, indent: String) -> [String] {
        var lines = lines(of: record, values: value, indent: indent + "  ")
        guard let first = lines.firstIndex(where: isLive) else { return lines }
        lines[first] = indent + "- " + lines[first].drop { $0 == " " }
        return lines
    }

    /// A key with what belongs to it, commented out as a whole where it is not live.
    private static func block(_ head: String, _ inner: [String], indent: String, isLive: Bool) -> [String] {
        guard !isLive else { return [head] + inner }
        return ([head] + inner).map { "\(indent)# \($0.dropFirst(indent.count))" }
    }

    private static func isLive(_ line: String) -> Bool { !line.drop { $0 == " " }.hasPrefix("#") }
}
