internal import Diagnostics
internal import YAML

/// Reads YAML texts and gives their plain trees: for comparing the reader with others on documents of any origin.
public enum YAMLTrees {
    /// Answers one line of JSON, `{"id": …, "text": "a: b"}`, with one line of JSON.
    ///
    /// The answer is `{"id": …, "tree": …}` with maps, lists and strings, every scalar as its text, or
    /// `{"id": …, "error": {"message": …, "line": 1, "column": 1}}` with the first error, line and column from 1. A
    /// line that is not such an object is answered with an error too, under its id where it has one. Tags are no part
    /// of a tree, so an unknown one is no error here.
    /// - Parameter line: the line without its line ending.
    /// - Returns: the answer without a line ending.
    public static func answer(_ line: [UInt8]) -> [UInt8] {
        var writer = TreeWriter()
        do {
            let file = SourceFile(name: "<line>", bytes: line)
            guard case .object(let members) = try OrderedJSON.parse(file) else {
                throw DiagnosticError(.noRequest(file))
            }
            writer.begin(id: members.first { $0.key == "id" }?.value ?? .null)
            guard case .string(let text)? = members.first(where: { $0.key == "text" })?.value else {
                throw DiagnosticError(.noRequest(file))
            }
            writer.write(Parser.parse(SourceFile(name: "<text>", text: text)))
        } catch {
            writer.write((error as? DiagnosticError)?.diagnostics.first)
        }
        return writer.finished
    }
}

/// Writes one answer.
private struct TreeWriter {
    private static let tagRules: Set = [YAMLRule.unknownTag.id, YAMLRule.tagMismatch.id]
    private var bytes: [UInt8] = []

    var finished: [UInt8] { bytes + [UInt8(ascii: "}")] }

    mutating func begin(id: OrderedJSON) {
        append("{\"id\":")
        write(id)
    }

    mutating func write(_ result: ParseResult) {
        if let problem = result.diagnostics.first(where: { $0.severity == .error && !Self.tagRules.contains($0.id) }) {
            write(problem)
            return
        }
        append(",\"tree\":")
        if let root = result.document?.root { write(root) } else { append("\"\"") }
    }

    mutating func write(_ problem: Diagnostic?) {
        if bytes.isEmpty { begin(id: .null) }
        let place = problem?.span?.start ?? SourceLocation(line: 1, column: 1)
        append(",\"error\":{\"message\":")
        write(problem?.message ?? "the line cannot be read")
        append(",\"line\":\(place.line),\"column\":\(place.column)}")
    }

    /// Trees are at most as deep as the reader's limit, so recursion is bounded.
    private mutating func write(_ node: Node) {
        switch node.content {
        case .scalar(let scalar): write(scalar.text)
        case .sequence(let items): writeList(items) { $0.write($1) }
        case .mapping(let entries): writeMap(entries.map { ($0.name, $0.value) }) { $0.write($1) }
        }
    }

    private mutating func write(_ value: OrderedJSON) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .double(let value): append(String(value))
        case .string(let text): write(text)
        case .array(let items): writeList(items) { $0.write($1) }
        case .object(let members): writeMap(members.map { ($0.key, $0.value) }) { $0.write($1) }
        }
    }

    private mutating func writeList<Item>(_ items: [Item], _ write: (inout TreeWriter, Item) -> Void) {
        append("[")
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            write(&self, item)
        }
        append("]")
    }

    private mutating func writeMap<Item>(_ entries: [(String, Item)], _ write: (inout TreeWriter, Item) -> Void) {
        append("{")
        for (index, entry) in entries.enumerated() {
            if index > 0 { append(",") }
            self.write(entry.0)
            append(":")
            write(&self, entry.1)
        }
        append("}")
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\n"): append("\\n")
            case 0x00..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                append("\\u00" + (digits.count < 2 ? "0" : "") + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

extension Diagnostic {
    fileprivate static func noRequest(_ file: SourceFile) -> Diagnostic {
        .error("JSON001", "the line is no object with a string `text`", at: SourceSpan(file, 0..<file.bytes.count))
    }
}
