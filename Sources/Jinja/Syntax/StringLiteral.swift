/// The escapes of string literals, which are Python's.
enum StringLiteral {
    /// The text between the quotes, with its escapes replaced.
    static func decode(_ content: ArraySlice<UInt8>, at range: SourceRange) throws -> String {
        guard content.contains(UInt8(ascii: "\\")) else {
            return String(decoding: content, as: UTF8.self)
        }
        var result: [UInt8] = []
        var index = content.startIndex
        while index < content.endIndex {
            guard content[index] == UInt8(ascii: "\\"), index + 1 < content.endIndex else {
                result.append(content[index])
                index += 1
                continue
            }
            index = try decodeEscape(content, at: index + 1, range, to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Decodes the escape whose letter is at an index; returns the index behind it.
    private static func decodeEscape(
        _ content: ArraySlice<UInt8>, at index: Int, _ range: SourceRange, to result: inout [UInt8]
    ) throws -> Int {
        let letter = content[index]
        switch letter {
        case UInt8(ascii: "x"):
            return try hexadecimal(content, at: index + 1, digits: 2, range, to: &result)
        case UInt8(ascii: "u"):
            return try hexadecimal(content, at: index + 1, digits: 4, range, to: &result)
        case UInt8(ascii: "U"):
            return try hexadecimal(content, at: index + 1, digits: 8, range, to: &result)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var end = index
            var value: UInt32 = 0
            while end < content.endIndex, end < index + 3, (0x30...0x37).contains(content[end]) {
                value = value * 8 + UInt32(content[end] - 0x30)
                end += 1
            }
            if let scalar = Unicode.Scalar(value) { result.append(contentsOf: String(scalar).utf8) }
            return end
        case UInt8(ascii: "N"):
            return try named(content, at: index + 1, range, to: &result)
        case 0x0A: break
        default: result.append(contentsOf: simple(letter))
        }
        return index + 1
    }

    private static func simple(_ letter: UInt8) -> [UInt8] {
        switch letter {
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "a"): [0x07]
        case UInt8(ascii: "b"): [0x08]
        case UInt8(ascii: "f"): [0x0C]
        case UInt8(ascii: "v"): [0x0B]
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): [letter]
        default: [UInt8(ascii: "\\"), letter]
        }
    }

    /// `{NAME}` behind `\N`.
    private static func named(
        _ content: ArraySlice<UInt8>, at start: Int, _ range: SourceRange, to result: inout [UInt8]
    ) throws -> Int {
        let body = content[min(start + 1, content.endIndex)...]
        guard start < content.endIndex, content[start] == UInt8(ascii: "{"),
            let end = body.firstIndex(of: UInt8(ascii: "}"))
        else { throw SyntaxError("`\\N` needs the name of a character in braces", at: range) }
        let name = String(decoding: body[..<end], as: UTF8.self)
        guard let scalar = CharacterNames.scalar(named: name) else {
            throw SyntaxError("there is no character named \(PythonText.quoted(name))", at: range)
        }
        result.append(contentsOf: String(scalar).utf8)
        return end + 1
    }

    private static func hexadecimal(
        _ content: ArraySlice<UInt8>, at start: Int, digits: Int, _ range: SourceRange,
        to result: inout [UInt8]
    ) throws -> Int {
        let end = start + digits
        let text = String(decoding: content[start..<min(end, content.endIndex)], as: UTF8.self)
        guard text.utf8.count == digits,
            text.utf8.allSatisfy({ Unicode.Scalar($0).properties.isHexDigit }),
            let value = UInt32(text, radix: 16)
        else { throw SyntaxError("truncated escape in a string", at: range) }
        guard let scalar = Unicode.Scalar(value) else {
            throw SyntaxError("the escape in a string is no Unicode character", at: range)
        }
        result.append(contentsOf: String(scalar).utf8)
        return end
    }
}
