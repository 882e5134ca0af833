/// Character references of HTML, read as Python's `html.unescape` reads them.
enum HTMLEntities {
    /// Names with their text.
    private static let named = ScalarTable.entries(HTMLEntityTable.text).reduce(into: [String: String]()) {
        $0[$1.name.hasSuffix("*") ? String($1.name.dropLast()) : String($1.name)] = $1.text
    }

    /// The names that old pages write without a semicolon.
    private static let unterminated = Set(
        ScalarTable.entries(HTMLEntityTable.text).filter { $0.name.hasSuffix("*") }.map { String($0.name.dropLast()) })

    /// What pages mean that number characters by Windows code page 1252.
    private static let windows: [UInt32: Unicode.Scalar] = {
        let first = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
        return Dictionary(uniqueKeysWithValues: zip(0x80..., first))
    }()

    /// The longest name looked at, without its mark and semicolon.
    private static let longestName = 32

    /// The text with its references replaced.
    static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        var result = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let mark = rest.firstIndex(of: "&") {
            result.append(contentsOf: rest[..<mark])
            rest = rest[rest.index(after: mark)...]
            let replaced = rest.first == "#" ? number(&rest) : name(&rest)
            if let replaced { result.append(contentsOf: replaced.unicodeScalars) } else { result.append("&") }
        }
        result.append(contentsOf: rest)
        return String(result)
    }

    /// `#65` or `#x41` with an optional semicolon; nothing is consumed where that is not what follows.
    private static func number(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var digits = rest.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        if isHexadecimal { digits = digits.dropFirst() }
        let body = digits.prefix { $0.isASCII && (isHexadecimal ? $0.properties.isASCIIHexDigit : ("0"..."9") ~= $0) }
        guard !body.isEmpty else { return nil }
        rest = rest[body.endIndex...]
        if rest.first == ";" { rest.removeFirst() }
        // A number too long to be read is beyond every code point.
        return character(UInt32(String(body), radix: isHexadecimal ? 16 : 10) ?? .max)
    }

    private static func character(_ code: UInt32) -> String {
        switch code {
        case 0x80...0x9F: return windows[code].map { String($0) } ?? ""
        case 0, 0xD800...0xDFFF, 0x11_0000...: return "\u{FFFD}"
        case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F, 0xFDD0...0xFDEF: return ""
        case _ where code & 0xFFFE == 0xFFFE: return ""
        default: return Unicode.Scalar(code).map { String($0) } ?? ""
        }
    }

    /// A name with its semicolon, or the longest old name at the beginning of one.
    private static func name(_ rest: inout Substring.UnicodeScalarView) -> String? {
        let word = rest.prefix(longestName).prefix { !"\t\n\u{C} <&#;".unicodeScalars.contains($0) }
        guard !word.isEmpty else { return nil }
        if rest[word.endIndex...].first == ";", let text = named[String(word)] {
            rest = rest[word.endIndex...].dropFirst()
            return text
        }
        var short = word
        while short.count > 1 {
            let name = String(short)
            if unterminated.contains(name) {
                rest = rest[short.endIndex...]
                return named[name]
            }
            short.removeLast()
        }
        return nil
    }
}
