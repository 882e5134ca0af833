/// Cuts the bytes of a template into tokens.
///
/// White space control happens here, as in Jinja2: `-` and `+` marks, `trim_blocks` and `lstrip_blocks` only
/// change which bytes a text token covers.
struct Lexer: ~Copyable {
    let bytes: [UInt8]
    /// How many of the bytes belong to the template.
    let count: Int
    let marks: Marks
    /// The first bytes of the marks that end tags: most bytes inside a tag are none of them.
    let blockEndFirst: UInt8
    let variableEndFirst: UInt8
    /// The first bytes of the marks that begin tags.
    let firstBytes: (UInt8, UInt8, UInt8)?
    let trimBlocks: Bool
    let lstripBlocks: Bool
    var tokens: ContiguousArray<Token> = []
    /// The names read so far.
    var names = NameTable()
    /// What closes the brackets that are open in the current tag.
    var brackets: [Symbol] = []
    var problems: [SyntaxError] = []
    var position = 0
    /// Whether the last match ended with a newline, or nothing was matched yet.
    var isLineStart = true

    /// The delimiters as bytes; a class, because every template has a lexer and copying eight arrays shows.
    final class Marks: Sendable {
        /// Jinja2's.
        static let standard = Marks(Delimiters())

        let blockStart: [UInt8]
        let blockEnd: [UInt8]
        let variableStart: [UInt8]
        let variableEnd: [UInt8]
        let commentStart: [UInt8]
        let commentEnd: [UInt8]
        let lineStatement: [UInt8]?
        let lineComment: [UInt8]?

        init(_ delimiters: Delimiters) {
            blockStart = Array(delimiters.blockStart.utf8)
            blockEnd = Array(delimiters.blockEnd.utf8)
            variableStart = Array(delimiters.variableStart.utf8)
            variableEnd = Array(delimiters.variableEnd.utf8)
            commentStart = Array(delimiters.commentStart.utf8)
            commentEnd = Array(delimiters.commentEnd.utf8)
            lineStatement = delimiters.lineStatementPrefix.map { Array($0.utf8) }
            lineComment = delimiters.lineCommentPrefix.map { Array($0.utf8) }
        }

        /// The first bytes of the marks that begin something; one that is empty never does.
        var firstBytes: (UInt8, UInt8, UInt8)? {
            guard let first = blockStart.first ?? variableStart.first ?? commentStart.first else { return nil }
            return (first, variableStart.first ?? first, commentStart.first ?? first)
        }
    }

    init(_ source: TemplateSource, options: Options) {
        bytes = source.bytes
        count = source.length
        marks = options.delimiters == Delimiters() ? .standard : Marks(options.delimiters)
        blockEndFirst = marks.blockEnd.first ?? 0
        variableEndFirst = marks.variableEnd.first ?? 0
        firstBytes = marks.firstBytes
        trimBlocks = options.trimBlocks
        lstripBlocks = options.lstripBlocks
    }

    /// All tokens, ending in one of kind `end`.
    mutating func tokenize() {
        // A tag has a token for every three to six bytes; long templates are mostly text.
        tokens.reserveCapacity(24 + min(count / 3, 8192) + count / 64)
        while position < count {
            guard let opening = nextOpening() else {
                emitText(position, count)
                position = count
                break
            }
            lex(opening)
        }
        tokens.append(Token(.end, count, count))
    }

    /// What has been read, handed over without a copy.
    consuming func results() -> (ContiguousArray<Token>, [SyntaxError], NameTable) { (tokens, problems, names) }

    private mutating func lex(_ opening: Opening) {
        emitText(before: opening)
        position = opening.end
        isLineStart = false
        switch opening.kind {
        case .raw: lexRaw(opening)
        case .comment: lexComment(opening)
        case .lineComment: skipLineComment()
        case .block:
            tokens.append(Token(.blockBegin, opening.start, opening.end))
            lexTag(until: .blockEnd)
        case .lineStatement:
            tokens.append(Token(.blockBegin, opening.start, opening.end))
            lexLineStatement()
        case .variable:
            tokens.append(Token(.variableBegin, opening.start, opening.end))
            lexTag(until: .variableEnd)
        }
    }

    mutating func emitText(_ start: Int, _ end: Int) {
        if start < end { tokens.append(Token(.text, start, end)) }
    }

    @inline(__always)
    func matches(_ mark: [UInt8], at offset: Int) -> Bool {
        guard offset + mark.count <= count else { return false }
        for index in mark.indices where bytes[offset + index] != mark[index] { return false }
        return true
    }

    /// The position of a mark at or after an offset.
    func find(_ mark: [UInt8], from offset: Int) -> Int? {
        guard let first = mark.first else { return nil }
        var index = offset
        while let found = ByteSearch.first(of: (first, first, first), in: bytes, from: index, to: count) {
            if matches(mark, at: found) { return found }
            index = found + 1
        }
        return nil
    }

    /// The position after the white space that begins at an offset.
    func skipSpace(_ offset: Int) -> Int {
        var index = offset
        while index < count {
            let length = spaceLength(at: index)
            if length == 0 { break }
            index += length
        }
        return index
    }

    /// The number of bytes of the white space character at an offset; 0 for anything else.
    @inline(__always)
    func spaceLength(at offset: Int) -> Int {
        let byte = bytes[offset]
        if byte == 0x20 { return 1 }
        if byte < 0x80 { return (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte) ? 1 : 0 }
        guard let (scalar, length) = scalar(at: offset) else { return 0 }
        return scalar.isPythonSpace ? length : 0
    }

    /// The code point that begins at an offset and its number of bytes.
    func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
        let end = min(offset + 4, count)
        var iterator = bytes[offset..<end].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    /// The position of the first byte of trailing white space in a range.
    func trimmedEnd(_ start: Int, _ end: Int) -> Int {
        var index = end
        while index > start {
            var begin = index - 1
            while begin > start, bytes[begin] & 0b1100_0000 == 0b1000_0000 { begin -= 1 }
            guard spaceLength(at: begin) == index - begin else { break }
            index = begin
        }
        return index
    }
}
