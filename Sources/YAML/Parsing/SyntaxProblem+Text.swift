import Diagnostics

/// Looking around a place in the text.
extension SyntaxProblem {
    func span(_ range: Range<Int>) -> SourceSpan {
        SourceSpan(file, range.clamped(to: 0..<file.bytes.count))
    }

    /// The line that holds an offset, without its line ending and without a byte order mark.
    func lineRange(at offset: Int) -> Range<Int> {
        let line = file.lineRange(file.line(at: offset))
        let start = line.lowerBound == 0 ? file.byteOrderMarkLength : line.lowerBound
        return start..<max(start, max(line.upperBound, offset))
    }

    /// From an offset to the end of the value on its line: before a comment, without blanks at its end.
    func restOfValue(from offset: Int) -> Range<Int> {
        let line = lineRange(at: offset)
        var end = offset
        while end < line.upperBound {
            let isComment = file.bytes[end] == UInt8(ascii: "#") && end > offset && file.bytes[end - 1].isYAMLBlank
            if isComment { break }
            end += 1
        }
        return trimmed(offset..<end)
    }

    /// A range without the white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while end > start, file.bytes[end - 1].isYAMLWhite { end -= 1 }
        while start < end, file.bytes[start].isYAMLWhite { start += 1 }
        return start..<end
    }

    /// The end of the word at an offset, at least one character long where there is one.
    func tokenEnd(_ offset: Int) -> Int {
        let bytes = file.bytes
        guard offset < bytes.count, !bytes[offset].isYAMLBreak else { return offset }
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0b1100_0000 == 0b1000_0000 { end += 1 }
        if bytes[offset].isFlowIndicator || bytes[offset].isYAMLWhite { return end }
        while end < bytes.count, !bytes[end].isYAMLWhite, !bytes[end].isFlowIndicator, bytes[end] != UInt8(ascii: ":") {
            end += 1
        }
        return end
    }

    func isAtLineEnd(_ offset: Int) -> Bool {
        offset >= file.bytes.count || file.bytes[offset].isYAMLBreak
    }

    func skipBlanks(from offset: Int) -> Int {
        var offset = offset
        while offset < file.bytes.count, file.bytes[offset].isYAMLBlank { offset += 1 }
        return offset
    }

    /// The first colon of a range that has white space behind it.
    func firstColon(in range: Range<Int>) -> Int? {
        range.first { offset in
            guard file.bytes[offset] == UInt8(ascii: ":") else { return false }
            return offset + 1 >= file.bytes.count || file.bytes[offset + 1].isYAMLWhite
        }
    }

    /// The nearest line above an offset that holds something else than a comment.
    func previousContentLine(before offset: Int) -> Range<Int>? {
        var line = file.line(at: offset) - 1
        while line >= 1 {
            let range = lineRange(at: file.lineRange(line).lowerBound)
            let text = trimmed(range)
            if !text.isEmpty, file.bytes[text.lowerBound] != UInt8(ascii: "#") { return range }
            line -= 1
        }
        return nil
    }
}
