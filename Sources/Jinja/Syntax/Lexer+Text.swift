/// Text between tags: finding the next tag, white space before it, comments and raw blocks.
extension Lexer {
    /// The beginning of a tag.
    struct Opening {
        enum Kind { case raw, block, variable, comment, lineStatement, lineComment }
        let kind: Kind
        /// Where the text before it ends.
        let start: Int
        /// The position after the mark and its sign.
        let end: Int
        /// `-`, `+` or 0.
        let sign: UInt8
    }

    /// The first tag at or after the current position. Of several at one place the longest mark wins.
    func nextOpening() -> Opening? {
        var offset = position
        guard marks.lineStatement == nil, marks.lineComment == nil else {
            while offset < count {
                if let opening = opening(at: offset) { return opening }
                offset += 1
            }
            return nil
        }
        guard let firsts = firstBytes else { return nil }
        while let found = ByteSearch.first(of: firsts, in: bytes, from: offset, to: count) {
            if let opening = opening(at: found) { return opening }
            offset = found + 1
        }
        return nil
    }

    private func opening(at offset: Int) -> Opening? {
        if let raw = rawOpening(at: offset) { return raw }
        var kind = Opening.Kind.variable
        var length = matches(marks.variableStart, at: offset) ? marks.variableStart.count : 0
        if marks.commentStart.count > length, matches(marks.commentStart, at: offset) {
            kind = .comment
            length = marks.commentStart.count
        }
        if marks.blockStart.count > length, matches(marks.blockStart, at: offset) {
            kind = .block
            length = marks.blockStart.count
        }
        if marks.lineStatement != nil || marks.lineComment != nil,
            let line = lineOpening(at: offset, longerThan: length)
        {
            return line
        }
        return length == 0 ? nil : signed(kind, start: offset, end: offset + length)
    }

    private func signed(_ kind: Opening.Kind, start: Int, end: Int) -> Opening {
        guard end < count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+")
        else {
            return Opening(kind: kind, start: start, end: end, sign: 0)
        }
        return Opening(kind: kind, start: start, end: end + 1, sign: bytes[end])
    }

    /// A line statement or comment whose text, with the white space before it, begins at an offset.
    private func lineOpening(at offset: Int, longerThan length: Int) -> Opening? {
        let isLineBegin = offset == 0 || bytes[offset - 1] == 0x0A
        if isLineBegin, let mark = marks.lineStatement, mark.count > length {
            var index = offset
            while index < count, [0x20, 0x09, 0x0B].contains(bytes[index]) { index += 1 }
            let isComment =
                marks.lineComment.map { $0.count > mark.count && matches($0, at: index) } ?? false
            if matches(mark, at: index), !isComment {
                return signed(.lineStatement, start: offset, end: index + mark.count)
            }
        }
        if let mark = marks.lineComment, mark.count > length,
            isLineBegin || spaceLength(at: previous(offset)) == 0
        {
            var index = offset
            while index < count, bytes[index] != 0x0A, spaceLength(at: index) > 0 {
                index += spaceLength(at: index)
            }
            if matches(mark, at: index) {
                return signed(.lineComment, start: offset, end: index + mark.count)
            }
        }
        return nil
    }

    private func previous(_ offset: Int) -> Int {
        var index = offset - 1
        while index > 0, bytes[index] & 0b1100_0000 == 0b1000_0000 { index -= 1 }
        return index
    }

    private static let raw = Array("raw".utf8)
    private static let endRaw = Array("endraw".utf8)

    private func rawOpening(at offset: Int) -> Opening? {
        guard matches(marks.blockStart, at: offset) else { return nil }
        let start = signed(.raw, start: offset, end: offset + marks.blockStart.count)
        let word = skipSpace(start.end)
        guard matches(Self.raw, at: word) else { return nil }
        let close = skipSpace(word + 3)
        if close < count, bytes[close] == UInt8(ascii: "-"),
            matches(marks.blockEnd, at: close + 1)
        {
            let end = skipSpace(close + 1 + marks.blockEnd.count)
            return Opening(kind: .raw, start: offset, end: end, sign: start.sign)
        }
        guard matches(marks.blockEnd, at: close) else { return nil }
        return Opening(kind: .raw, start: offset, end: close + marks.blockEnd.count, sign: start.sign)
    }

    /// Emits the text up to a tag, less the white space that the tag removes.
    mutating func emitText(before opening: Opening) {
        let end = textEnd(
            from: position, before: opening.start, sign: opening.sign,
            isVariable: opening.kind == .variable)
        emitText(position, end)
    }

    private func textEnd(from start: Int, before end: Int, sign: UInt8, isVariable: Bool) -> Int {
        if sign == UInt8(ascii: "-") { return trimmedEnd(start, end) }
        guard lstripBlocks, sign == 0, !isVariable else { return end }
        var lineBegin = end
        while lineBegin > start, bytes[lineBegin - 1] != 0x0A { lineBegin -= 1 }
        guard lineBegin > start || isLineStart else { return end }
        let isBlank = lineBegin < end && skipSpace(lineBegin) >= end
        return isBlank ? lineBegin : end
    }

    mutating func lexComment(_ opening: Opening) {
        guard let close = find(marks.commentEnd, from: position) else {
            problems.append(
                SyntaxError(
                    "comment is never closed",
                    at: SourceRange(start: Int32(opening.start), end: Int32(opening.end)),
                    id: ProblemID.unclosed,
                    label: "expected `\(String(decoding: marks.commentEnd, as: UTF8.self))` after it"))
            position = count
            return
        }
        let hasSign = close > position
        position = closing(
            at: close, mark: marks.commentEnd, sign: hasSign ? bytes[close - 1] : 0)
    }

    /// The position after an end mark, and after the white space that its sign or `trim_blocks` removes.
    mutating func closing(at close: Int, mark: [UInt8], sign: UInt8) -> Int {
        var end = close + mark.count
        if sign == UInt8(ascii: "-") {
            end = skipSpace(end)
        } else if sign != UInt8(ascii: "+"), trimBlocks, end < count, bytes[end] == 0x0A {
            end += 1
        }
        isLineStart = end > 0 && bytes[end - 1] == 0x0A
        return end
    }

    mutating func skipLineComment() {
        while position < count, bytes[position] != 0x0A { position += 1 }
    }

    mutating func lexRaw(_ opening: Opening) {
        isLineStart = bytes[opening.end - 1] == 0x0A
        var offset = position
        while let start = find(marks.blockStart, from: offset) {
            if let end = rawEnd(at: start) {
                let textEnd = textEnd(
                    from: position, before: start, sign: end.openingSign, isVariable: false)
                emitText(position, textEnd)
                position = closing(at: end.close, mark: marks.blockEnd, sign: end.closingSign)
                return
            }
            offset = start + 1
        }
        problems.append(
            SyntaxError(
                "`raw` block is never closed",
                at: SourceRange(start: Int32(opening.start), end: Int32(opening.end)),
                id: ProblemID.unclosed,
                label: "expected `endraw` after it"))
        position = count
    }

    private func rawEnd(at start: Int) -> (close: Int, openingSign: UInt8, closingSign: UInt8)? {
        let opening = signed(.raw, start: start, end: start + marks.blockStart.count)
        let word = skipSpace(opening.end)
        guard matches(Self.endRaw, at: word) else { return nil }
        let close = skipSpace(word + 6)
        guard close < count else { return nil }
        let sign = bytes[close]
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+"),
            matches(marks.blockEnd, at: close + 1)
        {
            return (close + 1, opening.sign, sign)
        }
        return matches(marks.blockEnd, at: close) ? (close, opening.sign, 0) : nil
    }
}
