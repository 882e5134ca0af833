/// Values as YAML in block style: mappings and lists over several lines, texts double-quoted where a plain scalar
/// could be read as anything else.
struct YAMLBlockEncoding {
    private let width: Int
    private let sortsKeys: Bool
    private var lines: [String] = []

    init(width: Int, sortsKeys: Bool) {
        self.width = width
        self.sortsKeys = sortsKeys
    }

    /// The encoded form, without a newline at the end.
    mutating func encode(_ value: Value) throws -> String {
        lines = []
        try write(value, prefix: "", indent: 0, depth: 0)
        return lines.joined(separator: "\n")
    }

    /// Writes a value behind a prefix such as `key:` or `-`.
    private mutating func write(_ value: Value, prefix: String, indent: Int, depth: Int) throws {
        try Value.requireDepth(depth)
        let lead = prefix.isEmpty ? "" : prefix + " "
        switch value {
        case .dict(let mapping) where mapping.count > 0:
            let isItem = prefix.hasSuffix("-")
            if !prefix.isEmpty, !isItem { lines.append(prefix) }
            try write(
                mapping, first: isItem ? lead : nil, indent: isItem ? indent + 2 : indent, depth: depth)
        case .list(let list) where !list.items.isEmpty:
            try write(list.items, prefix: prefix, indent: indent, depth: depth)
        case .tuple(let tuple) where !tuple.items.isEmpty:
            try write(tuple.items, prefix: prefix, indent: indent, depth: depth)
        default:
            lines.append(lead + (try scalar(value)))
        }
    }

    private mutating func write(_ mapping: DictValue, first: String?, indent: Int, depth: Int) throws {
        var entries = mapping.entries
        if sortsKeys { entries = try Sorting.sorted(entries) { try $0.elements()[0] } }
        for (index, entry) in entries.enumerated() {
            let pair = try entry.elements()
            let lead = index == 0 ? first ?? spaces(indent) : spaces(indent)
            try write(
                pair[1], prefix: lead + (try scalar(pair[0])) + ":", indent: indent + width,
                depth: depth + 1)
        }
    }

    private mutating func write(
        _ items: ContiguousArray<Value>, prefix: String, indent: Int, depth: Int
    ) throws {
        let isItem = prefix.hasSuffix("-")
        if !prefix.isEmpty, !isItem { lines.append(prefix) }
        for (index, item) in items.enumerated() {
            let lead = isItem && index == 0 ? prefix + " " : spaces(isItem ? indent + 2 : indent)
            try write(item, prefix: lead + "-", indent: isItem ? indent + 2 : indent, depth: depth + 1)
        }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func scalar(_ value: Value) throws -> String {
        if let text = value.stringValue, Self.isPlain(text) { return text }
        var encoding = JSONEncoding(style: .yamlFlow)
        return try encoding.encode(value)
    }

    /// Whether a text can stand without quotes in every YAML version: a word that is no number, truth value, null
    /// or date in any of them.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/") else {
            return false
        }
        let isSafe = text.utf8.allSatisfy { byte in
            isLetter(byte) || (0x30...0x39).contains(byte) || "_-./".utf8.contains(byte)
        }
        return isSafe && !reserved.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static let reserved: Set<String> = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null",
    ]
}
