import Diagnostics

/// Reads the text of a path.
///
///     path     = step { "." word | selector }
///     selector = "[" ( integer | text | text "=" text ) "]"
struct PathParser {
    private let file: SourceFile
    private var offset = 0
    private var segments: [YAMLPath.Segment] = []
    private var places: [SourceSpan] = []

    init(_ file: SourceFile) { self.file = file }

    private var bytes: [UInt8] { file.bytes }

    /// Whether a byte cannot be part of an unquoted key.
    static func endsWord(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\"") || byte < 0x20
    }

    mutating func parse() throws(DiagnosticError) -> ([YAMLPath.Segment], [SourceSpan]) {
        guard !bytes.isEmpty else { throw problem("the path is empty", 0..<0, "name a value, such as `eks.version`") }
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "[") {
                try selector()
                continue
            }
            if !segments.isEmpty {
                guard bytes[offset] == UInt8(ascii: ".") else {
                    throw problem("a `.` or `[` is expected here", offset..<offset + 1, "write `.` before the next key")
                }
                offset += 1
            }
            try word()
        }
        return (segments, places)
    }

    private mutating func word() throws(DiagnosticError) {
        let start = offset
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
            let text = try quoted()
            return add(.key(text), start)
        }
        while offset < bytes.count, !Self.endsWord(bytes[offset]) { offset += 1 }
        guard offset > start else {
            throw problem(
                "a key is missing here", start..<min(start + 1, bytes.count),
                "write a key; one with special characters goes into `[\"…\"]`")
        }
        add(.key(file.text(in: start..<offset)), start)
    }

    private mutating func selector() throws(DiagnosticError) {
        let open = offset
        offset += 1
        let (first, isQuoted) = try selectorText(until: [UInt8(ascii: "]"), UInt8(ascii: "=")], open: open)
        guard offset < bytes.count else { throw unclosed(open) }
        if bytes[offset] == UInt8(ascii: "=") {
            offset += 1
            let (second, _) = try selectorText(until: [UInt8(ascii: "]")], open: open)
            try close(open)
            return add(.match(key: first, value: second), open)
        }
        try close(open)
        guard isQuoted || !first.isEmpty else {
            throw problem("the brackets are empty", open..<offset, "write a number or a name in them, such as `[0]`")
        }
        if !isQuoted, let index = Int(first) { return add(.index(index), open) }
        add(.name(first), open)
    }

    private mutating func selectorText(
        until ends: [UInt8], open: Int
    ) throws(DiagnosticError) -> (text: String, isQuoted: Bool) {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") { return (try quoted(), true) }
        let start = offset
        while offset < bytes.count, !ends.contains(bytes[offset]) { offset += 1 }
        return (file.text(in: start..<offset), false)
    }

    private mutating func close(_ open: Int) throws(DiagnosticError) {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "]") else { throw unclosed(open) }
        offset += 1
    }

    /// A text in double quotes, where `\"` and `\\` stand for themselves.
    private mutating func quoted() throws(DiagnosticError) -> String {
        let start = offset
        var content: [UInt8] = []
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
            content.append(bytes[offset])
            offset += 1
        }
        guard offset < bytes.count else {
            throw problem("the quote is never closed", start..<start + 1, "write `\"` at the end of the name")
        }
        offset += 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func add(_ segment: YAMLPath.Segment, _ start: Int) {
        segments.append(segment)
        places.append(SourceSpan(file, start..<offset))
    }

    private func unclosed(_ open: Int) -> DiagnosticError {
        problem("`[` is never closed", open..<open + 1, "write `]` behind the number or name")
    }

    private func problem(_ message: String, _ range: Range<Int>, _ fix: String) -> DiagnosticError {
        DiagnosticError(YAMLRule.pathSyntax.error(message, at: SourceSpan(file, range), fix: Diagnostic.Fix(fix)))
    }
}
