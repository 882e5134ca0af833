/// The inside of tags: names, numbers, strings and operators.
extension Lexer {
    /// Reads words up to the end mark of a block or variable tag.
    mutating func lexTag(until kind: Token.Kind) {
        let first = kind == .blockEnd ? blockEndFirst : variableEndFirst
        brackets.removeAll(keepingCapacity: true)
        while position < count {
            let byte = bytes[position]
            let mayEnd = byte == first || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            if mayEnd, brackets.isEmpty, let end = endOfTag(kind) {
                tokens.append(Token(kind, position, end.markEnd))
                position = end.next
                isLineStart = bytes[end.next - 1] == 0x0A
                return
            }
            lexWord()
        }
    }

    private func endOfTag(_ kind: Token.Kind) -> (markEnd: Int, next: Int)? {
        let mark = kind == .blockEnd ? marks.blockEnd : marks.variableEnd
        if matches(mark, at: position) {
            let end = position + mark.count
            let trims = kind == .blockEnd && trimBlocks && end < count && bytes[end] == 0x0A
            return (end, trims ? end + 1 : end)
        }
        let sign = bytes[position]
        guard matches(mark, at: position + 1) else { return nil }
        let end = position + 1 + mark.count
        if sign == UInt8(ascii: "-") { return (end, skipSpace(end)) }
        return sign == UInt8(ascii: "+") && kind == .blockEnd ? (end, end) : nil
    }

    /// Reads words up to the end of the line.
    mutating func lexLineStatement() {
        brackets.removeAll(keepingCapacity: true)
        while position < count {
            if brackets.isEmpty, let end = endOfLineStatement() {
                tokens.append(Token(.blockEnd, position, end))
                position = end
                isLineStart = true
                return
            }
            lexWord()
        }
        tokens.append(Token(.blockEnd, position, position))
    }

    /// White space up to and including the last newline in it, or up to the end of the template.
    private func endOfLineStatement() -> Int? {
        let end = skipSpace(position)
        if end == count { return end }
        let newline = bytes[position..<end].lastIndex(of: 0x0A)
        return newline.map { $0 + 1 }
    }

    private mutating func lexWord() {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return lexName()
        case UInt8(ascii: " "):
            position += 1
            return
        default: break
        }
        let space = spaceLength(at: position)
        if space > 0 {
            position += space
            return
        }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): lexNumber()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): lexString(quote: byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: lexName()
        default: lexOperator()
        }
    }

    private mutating func invalid(_ message: String, length: Int, label: String? = nil) {
        let range = SourceRange(start: Int32(position), end: Int32(position + length))
        problems.append(SyntaxError(message, at: range, label: label))
        tokens.append(Token(.invalid, position, position + length))
        position += length
    }

    @inline(__always)
    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }

    private mutating func lexName() {
        let start = position
        let count = count
        position = bytes.withUnsafeBufferPointer { bytes in
            var end = start
            while end < count, Self.isWordByte(bytes[end]) { end += 1 }
            return end
        }
        if position < count, bytes[position] >= 0x80 { skipWordBeyondASCII() }
        if position == start {
            let length = scalar(at: position)?.1 ?? 1
            invalid("unexpected character in a tag", length: length)
        } else {
            let name = bytes.withUnsafeBufferPointer {
                names.intern(UnsafeBufferPointer(rebasing: $0[start..<position]))
            }
            tokens.append(Token(.name, start, position, name: name))
        }
    }

    /// Moves behind the rest of a name that has letters beyond ASCII.
    @inline(never)
    private mutating func skipWordBeyondASCII() {
        while position < count, bytes[position] >= 0x80 || Self.isWordByte(bytes[position]) {
            if bytes[position] < 0x80 {
                position += 1
                continue
            }
            guard let (scalar, length) = scalar(at: position), scalar.isWord || scalar.properties.isXIDContinue
            else { break }
            position += length
        }
    }

    private mutating func lexNumber() {
        let start = position
        // After a dot (`values.0.1`) digits are an index, never a fraction.
        let followsDot = start > 0 && bytes[start - 1] == UInt8(ascii: ".")
        if !followsDot, let end = floatEnd(start) {
            position = end
            tokens.append(Token(.float, start, end))
            return
        }
        position = integerEnd(start)
        tokens.append(Token(.integer, start, position))
    }

    private func digitsEnd(_ start: Int, where isDigit: (UInt8) -> Bool) -> Int {
        var index = start
        while index < count {
            if isDigit(bytes[index]) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "_"), index > start, index + 1 < count,
                isDigit(bytes[index + 1])
            {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    private static func isDecimal(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private func floatEnd(_ start: Int) -> Int? {
        var end = digitsEnd(start, where: Self.isDecimal)
        var isFloat = false
        if end + 1 < count, bytes[end] == UInt8(ascii: "."), Self.isDecimal(bytes[end + 1]) {
            end = digitsEnd(end + 1, where: Self.isDecimal)
            isFloat = true
        }
        guard end < count, bytes[end] | 0x20 == UInt8(ascii: "e") else {
            return isFloat ? end : nil
        }
        var exponent = end + 1
        if exponent < count,
            bytes[exponent] == UInt8(ascii: "+") || bytes[exponent] == UInt8(ascii: "-")
        {
            exponent += 1
        }
        let exponentEnd = digitsEnd(exponent, where: Self.isDecimal)
        if exponentEnd > exponent { return exponentEnd }
        return isFloat ? end : nil
    }

    private func integerEnd(_ start: Int) -> Int {
        if bytes[start] == UInt8(ascii: "0"), start + 1 < count {
            let isDigit: ((UInt8) -> Bool)? =
                switch bytes[start + 1] | 0x20 {
                case UInt8(ascii: "x"): { Self.isDecimal($0) || (0x61...0x66).contains($0 | 0x20) }
                case UInt8(ascii: "o"): { (0x30...0x37).contains($0) }
                case UInt8(ascii: "b"): { $0 == 0x30 || $0 == 0x31 }
                default: nil
                }
            if let isDigit {
                let digits =
                    start + 2 < count && bytes[start + 2] == UInt8(ascii: "_") ? start + 3 : start + 2
                let end = digitsEnd(digits, where: isDigit)
                if end > digits { return end }
            }
            // A leading zero stands alone: `0123` is two numbers.
            return digitsEnd(start) { $0 == 0x30 }
        }
        return digitsEnd(start, where: Self.isDecimal)
    }

    private mutating func lexString(quote: UInt8) {
        let (start, end) = (position + 1, count)
        let index = bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index < end, bytes[index] != quote {
                index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            return index
        }
        guard index < count else {
            invalid("string is never closed", length: 1)
            return
        }
        tokens.append(Token(.string, position, index + 1))
        position = index + 1
    }

    private mutating func lexOperator() {
        let next = position + 1 < count ? bytes[position + 1] : 0
        guard let (symbol, length) = Symbol.read(bytes[position], next) else {
            return invalidOperator(next)
        }
        switch symbol {
        case .leftBrace: brackets.append(.rightBrace)
        case .leftParenthesis: brackets.append(.rightParenthesis)
        case .leftBracket: brackets.append(.rightBracket)
        case .rightBrace, .rightParenthesis, .rightBracket:
            guard let closing = brackets.popLast() else {
                invalid("unexpected `\(symbol.text)`", length: length)
                return
            }
            if closing != symbol {
                invalid("unexpected `\(symbol.text)`, expected `\(closing.text)`", length: length)
                return
            }
        default: break
        }
        tokens.append(Token(.operator, position, position + length, symbol: symbol))
        position += length
    }
}

extension Lexer {
    /// Reports what is no operator here, with what other languages mean by it.
    private mutating func invalidOperator(_ next: UInt8) {
        let label: String? =
            switch bytes[position] {
            case UInt8(ascii: "&"): "write `and`"
            case UInt8(ascii: "!"): "write `not`"
            case UInt8(ascii: "?"): "write `one if condition else other`"
            default: nil
            }
        let isDoubled = bytes[position] == UInt8(ascii: "&") && next == UInt8(ascii: "&")
        let length = isDoubled ? 2 : scalar(at: position)?.1 ?? 1
        invalid("unexpected character in a tag", length: length, label: label)
    }
}

extension Symbol {
    /// The longest operator that begins with two bytes.
    static func read(_ byte: UInt8, _ next: UInt8) -> (Symbol, Int)? {
        switch (byte, next) {
        case (0x2F, 0x2F): (.floorSlash, 2)
        case (0x2A, 0x2A): (.power, 2)
        case (0x3D, 0x3D): (.equal, 2)
        case (0x21, 0x3D): (.notEqual, 2)
        case (0x3E, 0x3D): (.greaterOrEqual, 2)
        case (0x3C, 0x3D): (.lessOrEqual, 2)
        default: single(byte).map { ($0, 1) }
        }
    }

    private static func single(_ byte: UInt8) -> Symbol? {
        switch byte {
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "*"): .star
        case UInt8(ascii: "%"): .percent
        case UInt8(ascii: "~"): .tilde
        case UInt8(ascii: "["): .leftBracket
        case UInt8(ascii: "]"): .rightBracket
        case UInt8(ascii: "("): .leftParenthesis
        case UInt8(ascii: ")"): .rightParenthesis
        case UInt8(ascii: "{"): .leftBrace
        case UInt8(ascii: "}"): .rightBrace
        case UInt8(ascii: ">"): .greater
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: "="): .assign
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "|"): .pipe
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ";"): .semicolon
        default: nil
        }
    }
}
