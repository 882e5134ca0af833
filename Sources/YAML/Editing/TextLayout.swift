import Diagnostics

/// The lines of a text and its habits: line ending and indentation.
struct TextLayout {
    let file: SourceFile
    /// The line ending of the file: that of its first line.
    let newline: String
    /// The spaces between a map's keys and those of a map inside it.
    let indentation: Int
    /// The spaces between a key and the dashes of its list.
    let listIndentation: Int

    init(_ document: Document) {
        let bytes = document.file.bytes
        let isCRLF = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } ?? false
        file = document.file
        newline = isCRLF ? "\r\n" : "\n"
        var habits = IndentationHabits(file)
        if let root = document.root { habits.visit(root) }
        indentation = habits.map ?? 2
        listIndentation = habits.list ?? 2
    }

    /// An emitter that writes in the habits of the file.
    var emitter: YAMLEmitter { YAMLEmitter(indentation: indentation, listIndentation: listIndentation) }

    var bytes: [UInt8] { file.bytes }

    func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file, range) }

    /// The first byte of the line that holds an offset, behind a byte order mark.
    func lineStart(_ offset: Int) -> Int {
        let start = file.lineRange(file.line(at: offset)).lowerBound
        return start == 0 ? min(file.byteOrderMarkLength, offset) : start
    }

    /// The end of the line that holds an offset, before its line ending.
    func lineEnd(_ offset: Int) -> Int { max(offset, file.lineRange(file.line(at: offset)).upperBound) }

    /// The first byte of the next line; the end of the text in its last line.
    func nextLine(_ offset: Int) -> Int {
        let line = file.line(at: offset)
        return line < file.lineCount ? file.lineRange(line + 1).lowerBound : bytes.count
    }

    /// Bytes between the beginning of the line and an offset.
    func column(_ offset: Int) -> Int { offset - lineStart(offset) }

    /// Whether nothing but spaces stands before an offset on its line.
    func isFirstOnLine(_ offset: Int) -> Bool { bytes[lineStart(offset)..<offset].allSatisfy { $0 == 0x20 } }

    /// Whether nothing but blanks, a comma and a comment stands behind an offset on its line.
    func isLastOnLine(_ offset: Int) -> Bool {
        var rest = bytes[offset..<lineEnd(offset)].drop(while: \.isYAMLBlank)
        if rest.first == UInt8(ascii: ",") { rest = rest.dropFirst().drop(while: \.isYAMLBlank) }
        return rest.isEmpty || rest.first == UInt8(ascii: "#")
    }

    /// The first offset from `start` on that holds neither white space nor a comment.
    func skipBlankAndComments(_ start: Int, _ end: Int? = nil) -> Int {
        bytes.withUnsafeBufferPointer { PropertyScanner.skipBlankAndComments($0, start, end ?? bytes.count) }
    }

    /// The beginning and the content of every comment line directly below an offset's line that is indented
    /// deeper than a column: these belong to what stands above them. The end of the last of these lines.
    func endOfAttachedComments(_ offset: Int, deeperThan column: Int) -> Int {
        var end = lineEnd(offset)
        while true {
            let next = nextLine(end)
            guard next > end, next < bytes.count else { return end }
            let line = next..<lineEnd(next)
            let indentation = bytes[line].prefix { $0 == 0x20 }.count
            guard indentation > column, line.lowerBound + indentation < line.upperBound,
                bytes[line.lowerBound + indentation] == UInt8(ascii: "#")
            else { return end }
            end = line.upperBound
        }
    }
}

/// How deep the first nested map and the first nested list of a document are indented.
private struct IndentationHabits {
    let file: SourceFile
    var map: Int?
    var list: Int?

    init(_ file: SourceFile) { self.file = file }

    mutating func visit(_ node: Node) {
        guard map == nil || list == nil, node.alias == nil else { return }
        switch node.content {
        case .scalar: return
        case .sequence(let items): for item in items { visit(item) }
        case .mapping(let entries):
            for entry in entries where entry.mergedAt == nil {
                measure(entry)
                visit(entry.value)
            }
        }
    }

    private mutating func measure(_ entry: Node.Entry) {
        let key = file.location(at: entry.key.outerRange.lowerBound)
        let value = file.location(at: entry.value.range.lowerBound)
        guard value.line > key.line, entry.value.alias == nil else { return }
        let width = value.column - key.column
        switch entry.value.content {
        case .mapping where map == nil && width > 0 && !entry.value.hasBrackets: map = width
        case .sequence where list == nil && width >= 0 && !entry.value.hasBrackets: list = width
        default: break
        }
    }
}

extension Node {
    /// Whether the node is a collection written in `[…]` or `{…}`.
    var hasBrackets: Bool {
        guard alias == nil, scalar == nil, range.count > 1 else { return false }
        let last = file.bytes[range.upperBound - 1]
        switch file.bytes[range.lowerBound] {
        case UInt8(ascii: "["): return sequence != nil && last == UInt8(ascii: "]")
        case UInt8(ascii: "{"): return mapping != nil && last == UInt8(ascii: "}")
        default: return false
        }
    }
}
