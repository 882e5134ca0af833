import Diagnostics

/// Finds the bytes that no YAML text may hold, before the parser sees them.
struct EncodingCheck {
    /// The most characters reported of one file: a binary file would fill the screen.
    private static let reportLimit = 10

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var isASCII = true
    /// Byte order marks inside the text, which only quoted values may hold (YAML 1.2.2, productions 2 and 27).
    private(set) var innerMarks: [Range<Int>] = []
    private let file: SourceFile

    init(_ file: SourceFile) {
        self.file = file
        if let encoding = Self.foreignEncoding(file.bytes) {
            diagnostics.append(.foreign(encoding, file))
            return
        }
        file.bytes.withUnsafeBufferPointer { scan($0) }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        var offset = file.byteOrderMarkLength
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                offset += 1
                continue
            }
            if byte < 0x80 {
                report(UInt32(byte), at: offset..<offset + 1)
                offset += 1
                continue
            }
            isASCII = false
            guard let (scalar, length) = Self.decode(bytes, offset) else {
                diagnostics.append(.notUTF8(byte, SourceSpan(file, offset..<offset + 1)))
                return
            }
            if scalar == 0xFEFF {
                innerMarks.append(offset..<offset + length)
            } else if !Self.isAllowed(scalar) {
                report(scalar, at: offset..<offset + length)
            }
            offset += length
        }
    }

    /// Byte order marks that stand where they may not.
    static func problems(of marks: some Sequence<Range<Int>>, in file: SourceFile) -> [Diagnostic] {
        marks.prefix(reportLimit).map { .control(0xFEFF, SourceSpan(file, $0)) }
    }

    private mutating func report(_ scalar: UInt32, at range: Range<Int>) {
        guard diagnostics.count < Self.reportLimit else { return }
        diagnostics.append(.control(scalar, SourceSpan(file, range)))
    }

    /// The characters beyond ASCII that YAML allows in a text (YAML 1.2.2, production 1, without the byte order mark).
    private static func isAllowed(_ scalar: UInt32) -> Bool {
        scalar == 0x85 || scalar >= 0xA0 && scalar <= 0xFFFD && scalar != 0xFEFF || scalar >= 0x10000
    }

    /// The scalar at an offset and its length in bytes; `nil` where the bytes are not UTF-8 (RFC 3629, section 4).
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (UInt32, Int)? {
        let first = bytes[offset]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return nil }
        var scalar = UInt32(first) & (0xFF >> (UInt32(length) + 1))
        for next in bytes[offset + 1..<offset + length] {
            guard next & 0b1100_0000 == 0b1000_0000 else { return nil }
            scalar = scalar << 6 | UInt32(next & 0b0011_1111)
        }
        let isShortest = length == 2 || length == 3 && scalar >= 0x800 || length == 4 && scalar >= 0x10000
        let isSurrogate = (0xD800...0xDFFF).contains(scalar)
        return isShortest && !isSurrogate && scalar <= 0x10FFFF ? (scalar, length) : nil
    }

    /// The name of another encoding of Unicode that the first bytes give away: its mark, or, since a text begins
    /// with an ASCII character, the place of the zero in each of the first characters.
    private static func foreignEncoding(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) || bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
            return "UTF-32"
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
        guard bytes.count >= 4 else { return nil }
        let zeros = bytes[0..<4].map { $0 == 0 }
        return zeros == [false, true, false, true] || zeros == [true, false, true, false] ? "UTF-16" : nil
    }
}

extension Diagnostic {
    fileprivate static func foreign(_ encoding: String, _ file: SourceFile) -> Diagnostic {
        YAMLRule.notUTF8.error(
            "the file is \(encoding), not UTF-8", at: SourceSpan(file, 0..<2), label: "\(encoding) begins like this",
            fix: Fix("save the file as UTF-8"))
    }

    fileprivate static func notUTF8(_ byte: UInt8, _ span: SourceSpan) -> Diagnostic {
        YAMLRule.notUTF8.error(
            "the file is not UTF-8: byte 0x\(hexadecimal(UInt32(byte), 2)) at offset \(span.range.lowerBound)",
            at: span, label: "not UTF-8 from here", fix: Fix("save the file as UTF-8"))
    }

    fileprivate static func control(_ scalar: UInt32, _ span: SourceSpan) -> Diagnostic {
        let name = scalar == 0 ? "NUL character" : "character U+\(hexadecimal(scalar, 4))"
        return YAMLRule.controlCharacter.error(
            "the \(name) is not allowed in YAML", at: span,
            fix: Fix(
                "remove it, or write it as an escape in double quotes",
                edits: [TextEdit(span: span, replacement: "")]))
    }

    private static func hexadecimal(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
