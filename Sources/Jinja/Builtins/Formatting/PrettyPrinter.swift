/// Python's `pprint`: collections that do not fit a line of 80 characters are broken into one element a line.
struct PrettyPrinter {
    private var output = ""

    static func format(_ value: Value) throws -> String {
        var printer = PrettyPrinter()
        try printer.write(value, indent: 0, allowance: 0, depth: 0)
        return printer.output
    }

    private mutating func write(_ value: Value, indent: Int, allowance: Int, depth: Int) throws {
        try Value.requireDepth(depth)
        let line = try Self.line(value, depth)
        guard Text.length(line) > 80 - indent - allowance else {
            output += line
            return
        }
        switch value {
        case .list(let list):
            output += "["
            try write(list.items, indent: indent + 1, allowance: allowance + 1, depth: depth)
            output += "]"
        case .tuple(let tuple):
            output += "("
            let closing = tuple.items.count == 1 ? ",)" : ")"
            try write(
                tuple.items, indent: indent + 1, allowance: allowance + closing.utf8.count, depth: depth)
            output += closing
        case .dict(let mapping): try write(mapping, indent: indent, allowance: allowance, depth: depth)
        case .string(let text): try write(text, indent: indent, allowance: allowance, depth: depth)
        default: output += line
        }
    }

    /// The value on one line, with the keys of mappings in order.
    private static func line(_ value: Value, _ depth: Int) throws -> String {
        try Value.requireDepth(depth)
        switch value {
        case .list(let list):
            return "[" + (try list.items.map { try line($0, depth + 1) }.joined(separator: ", ")) + "]"
        case .tuple(let tuple):
            let items = try tuple.items.map { try line($0, depth + 1) }.joined(separator: ", ")
            return "(" + items + (tuple.items.count == 1 ? ",)" : ")")
        case .dict(let mapping):
            let items = try sorted(mapping).map {
                "\(try line($0, depth + 1)): \(try line($1, depth + 1))"
            }
            return "{" + items.joined(separator: ", ") + "}"
        default: return try value.represented()
        }
    }

    private static func sorted(_ mapping: DictValue) throws -> [(Value, Value)] {
        let entries = try? Sorting.sorted(mapping.entries) { try $0.elements()[0] }
        return try (entries ?? mapping.entries).map {
            let pair = try $0.elements()
            return (pair[0], pair[1])
        }
    }

    private mutating func write(
        _ items: ContiguousArray<Value>, indent: Int, allowance: Int, depth: Int
    ) throws {
        for (index, item) in items.enumerated() {
            if index > 0 { output += ",\n" + String(repeating: " ", count: indent) }
            try write(
                item, indent: indent, allowance: index == items.count - 1 ? allowance : 1, depth: depth + 1)
        }
    }

    private mutating func write(_ mapping: DictValue, indent: Int, allowance: Int, depth: Int) throws {
        output += "{"
        let entries = try Self.sorted(mapping)
        for (index, (key, value)) in entries.enumerated() {
            if index > 0 { output += ",\n" + String(repeating: " ", count: indent + 1) }
            let name = try key.represented()
            output += name + ": "
            try write(
                value, indent: indent + 1 + Text.length(name) + 2,
                allowance: index == entries.count - 1 ? allowance + 1 : 1, depth: depth + 1)
        }
        output += "}"
    }

    /// A long text becomes several literals, broken between words.
    private mutating func write(_ text: String, indent: Int, allowance: Int, depth: Int) throws {
        let isTop = depth == 0
        let column = isTop ? indent + 1 : indent
        var chunks: [String] = []
        let lines = Text.lines(text, keepEnds: true)
        for (index, line) in lines.enumerated() {
            let quoted = PythonText.quoted(line)
            let limit = 80 - column - (index == lines.count - 1 ? allowance + (isTop ? 1 : 0) : 0)
            if Text.length(quoted) <= limit {
                chunks.append(quoted)
            } else {
                Self.fill(line, 80 - column, limit, &chunks)
            }
        }
        guard chunks.count > 1 else {
            output += PythonText.quoted(text)
            return
        }
        let joined = chunks.joined(separator: "\n" + String(repeating: " ", count: column))
        output += isTop ? "(" + joined + ")" : joined
    }

    private static func fill(_ line: String, _ width: Int, _ lastWidth: Int, _ chunks: inout [String]) {
        let parts = words(line)
        var current = ""
        for (index, part) in parts.enumerated() {
            let candidate = current + part
            let limit = index == parts.count - 1 ? lastWidth : width
            if Text.length(PythonText.quoted(candidate)) > limit, !current.isEmpty {
                chunks.append(PythonText.quoted(current))
                current = part
            } else {
                current = candidate
            }
        }
        if !current.isEmpty { chunks.append(PythonText.quoted(current)) }
    }

    /// Words, each with the white space behind it.
    private static func words(_ line: String) -> [String] {
        var result: [String] = []
        var current = ""
        var isAfterSpace = false
        for scalar in line.unicodeScalars {
            if isAfterSpace, !scalar.isPythonSpace {
                result.append(current)
                current = ""
            }
            isAfterSpace = scalar.isPythonSpace
            current.unicodeScalars.append(scalar)
        }
        return current.isEmpty ? result : result + [current]
    }
}
