internal import Diagnostics

/// A Terraform variables file (`*.tfvars`): names with literal values, in the order of the text.
///
/// Read are texts, numbers, booleans, `null`, lists, objects and the three forms of comments (HashiCorp docs:
/// "HCL Native Syntax Specification"). A variables file holds no expressions, so none are evaluated.
struct VariablesFile {
    /// A value.
    indirect enum Literal: Equatable {
        case null
        case bool(Bool)
        case number(String)
        case text(String)
        case list([Literal])
        case object([(key: String, value: Literal)])

        static func == (one: Literal, other: Literal) -> Bool { "\(one)" == "\(other)" }
    }

    /// The variables in order.
    private(set) var variables: [(name: String, value: Literal, span: SourceSpan)] = []

    /// Reads a file.
    /// - Throws: `DiagnosticError` (`RUN015`) at the first thing that is no variable with a literal value.
    init(_ file: SourceFile) throws(DiagnosticError) {
        var reader = HCLReader(file)
        while let (name, span) = try reader.variableName() {
            variables.append((name, try reader.value(), span))
        }
    }
}

/// Reads the literals of HCL.
private struct HCLReader {
    private let file: SourceFile
    private var offset: Int

    /// Deeper values are no variables that anybody writes.
    private static let deepest = 32

    init(_ file: SourceFile) {
        self.file = file
        offset = file.byteOrderMarkLength
    }

    /// The next name with its equals sign behind it; `nil` at the end.
    mutating func variableName() throws(DiagnosticError) -> (String, SourceSpan)? {
        skipSpace()
        guard let byte = peek else { return nil }
        let start = offset
        guard let name = byte == UInt8(ascii: "\"") ? try quoted() : word() else {
            throw problem("a name was expected")
        }
        let span = SourceSpan(file, start..<offset)
        skipSpace()
        guard take("=") else { throw problem("`=` was expected behind `\(name)`") }
        return (name, span)
    }

    mutating func value(depth: Int = 0) throws(DiagnosticError) -> VariablesFile.Literal {
        skipSpace()
        guard depth < Self.deepest, let byte = peek else { throw problem("a value was expected") }
        switch byte {
        case UInt8(ascii: "\""): return .text(try quoted())
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "<"): return .text(try heredoc())
        default:
            let start = offset
            guard let word = word() else { throw problem("a value was expected") }
            switch word {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .null
            default:
                guard Double(word) != nil else {
                    offset = start
                    throw problem("`\(word)` is no literal; texts stand in quotes")
                }
                return .number(word)
            }
        }
    }

    private mutating func list(_ depth: Int) throws(DiagnosticError) -> VariablesFile.Literal {
        offset += 1
        var items: [VariablesFile.Literal] = []
        while true {
            skipSpace()
            if take("]") { return .list(items) }
            items.append(try value(depth: depth + 1))
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw problem("`,` or `]` was expected") }
            return .list(items)
        }
    }

    private mutating func object(_ depth: Int) throws(DiagnosticError) -> VariablesFile.Literal {
        offset += 1
        var members: [(key: String, value: VariablesFile.Literal)] = []
        while true {
            skipSpace()
            if take("}") { return .object(members) }
            guard let byte = peek, let key = byte == UInt8(ascii: "\"") ? try quoted() : word() else {
                throw problem("a key or `}` was expected")
            }
            skipSpace()
            guard take("=") || take(":") else { throw problem("`=` was expected behind `\(key)`") }
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
            _ = take(",")
        }
    }

    private mutating func quoted() throws(DiagnosticError) -> String {
        let start = offset
        offset += 1
        var bytes: [UInt8] = []
        while let byte = peek, byte != UInt8(ascii: "\n") {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let next = peek else { break }
                offset += 1
                switch next {
                case UInt8(ascii: "n"): bytes.append(0x0A)
                case UInt8(ascii: "t"): bytes.append(0x09)
                case UInt8(ascii: "r"): bytes.append(0x0D)
                case UInt8(ascii: "u"): bytes += try codePoint(digits: 4)
                case UInt8(ascii: "U"): bytes += try codePoint(digits: 8)
                default: bytes.append(next)
                }
            case UInt8(ascii: "$"), UInt8(ascii: "%"):
                try checkLiteral()
                // `$${` is the text `${`.
                if peek == byte, file.bytes[(offset + 1)...].first == UInt8(ascii: "{") { offset += 1 }
                bytes.append(byte)
            default: bytes.append(byte)
            }
        }
        offset = start
        throw problem("the text has no closing quote")
    }

    /// A variables file holds no expressions: `${` is one.
    private mutating func checkLiteral() throws(DiagnosticError) {
        guard peek == UInt8(ascii: "{") else { return }
        offset -= 1
        throw problem("a variables file holds no expressions; the text `${` is written `$${`")
    }

    /// `<<EOT` or `<<-EOT` to the line that holds the word alone.
    private mutating func heredoc() throws(DiagnosticError) -> String {
        let start = offset
        guard take("<"), take("<") else { throw problem("a value was expected") }
        let isIndented = take("-")
        guard let end = word() else { throw problem("a word was expected behind `<<`") }
        var line = file.line(at: offset) + 1
        var lines: [String] = []
        while line <= file.lineCount {
            let text = String(decoding: file.bytes[file.lineRange(line)], as: UTF8.self)
            line += 1
            if text.drop(while: { $0 == " " || $0 == "\t" }) == end {
                offset = line <= file.lineCount ? file.lineRange(line).lowerBound : file.bytes.count
                let indent = isIndented ? Self.indent(of: lines) : 0
                return lines.map { $0.dropFirst(indent) + "\n" }.joined()
            }
            lines.append(text)
        }
        offset = start
        throw problem("the text begun with `<<\(end)` has no end")
    }

    /// What `<<-` takes away from every line: the blanks of the line that has the fewest.
    private static func indent(of lines: [String]) -> Int {
        lines.filter { !$0.allSatisfy(\.isWhitespace) }.map { $0.prefix { $0 == " " || $0 == "\t" }.count }.min() ?? 0
    }

    /// Four or eight hexadecimal digits behind `\u` or `\U`.
    private mutating func codePoint(digits count: Int) throws(DiagnosticError) -> [UInt8] {
        let end = min(offset + count, file.bytes.count)
        let text = String(decoding: file.bytes[offset..<end], as: UTF8.self)
        guard text.utf8.count == count, let number = UInt32(text, radix: 16), let scalar = Unicode.Scalar(number) else {
            throw problem("\(count) hexadecimal digits of a character were expected")
        }
        offset = end
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func word() -> String? {
        let start = offset
        while let byte = peek, isWord(byte) { offset += 1 }
        return start == offset ? nil : String(decoding: file.bytes[start..<offset], as: UTF8.self)
    }

    private func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "+") || byte >= 0x80
    }

    private mutating func skipSpace() {
        while let byte = peek {
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                offset += 1
            } else if byte == UInt8(ascii: "#") || starts(with: "//") {
                offset = file.lineRange(file.line(at: offset)).upperBound
            } else if starts(with: "/*") {
                let rest = file.bytes[(offset + 2)...].firstRange(of: Array("*/".utf8))
                offset = rest?.upperBound ?? file.bytes.count
            } else {
                return
            }
        }
    }

    private var peek: UInt8? { offset < file.bytes.count ? file.bytes[offset] : nil }

    private func starts(with text: String) -> Bool { file.bytes[offset...].starts(with: Array(text.utf8)) }

    private mutating func take(_ text: Character) -> Bool {
        guard let byte = peek, byte == text.asciiValue else { return false }
        offset += 1
        return true
    }

    private func problem(_ message: String) -> DiagnosticError {
        let end = min(offset + 1, file.bytes.count)
        return DiagnosticError(.error(ProjectRule.variables.rawValue, message, at: SourceSpan(file, offset..<end)))
    }
}
