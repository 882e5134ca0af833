/// How a text can be written as a scalar: plain, in quotes, or as a block.
enum PlainText {
    // MARK: Plain

    /// Whether a text stands for itself without quotes (YAML 1.2.2, section 7.3.3, and libyaml's stricter scanner).
    /// - Parameter inFlow: whether it stands inside `[…]` or `{…}`.
    static func canBePlain(_ text: String, inFlow: Bool) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        if last == UInt8(ascii: ":") || hasBlankEnd(text) { return false }
        if text.hasPrefix("---") || text.hasPrefix("...") { return false }
        guard !isIndicator(first, second: text.utf8.dropFirst().first) else { return false }
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == 0x20, previous == UInt8(ascii: ":") { return false }
            if byte == UInt8(ascii: "#"), previous == 0x20 { return false }
            if inFlow, byte.isFlowIndicator { return false }
            previous = byte
        }
        return text.unicodeScalars.allSatisfy(isPrintable)
    }

    /// Whether a text begins or ends with a space of any kind: YAML takes away a plain one, and nobody sees the others.
    private static func hasBlankEnd(_ text: String) -> Bool {
        let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
        return ends.contains { $0?.properties.isWhitespace ?? false }
    }

    /// Whether a first byte gives the text another meaning.
    private static func isIndicator(_ byte: UInt8, second: UInt8?) -> Bool {
        switch byte {
        case UInt8(ascii: "-"): second == nil || second == 0x20 || second.map(\.isFlowIndicator) ?? false
        case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
            UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
            UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
            true
        default: false
        }
    }

    /// Whether a plain text is a string to every reader: under YAML 1.2's core schema and under YAML 1.1's types
    /// (https://yaml.org/type/), which many tools still follow.
    static func isUnmistakablyString(_ text: String) -> Bool {
        switch text.lowercased() {
        case "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", ".inf", "+.inf", "-.inf",
            ".nan":
            return false
        default: return !resemblesNumber(text) && !resemblesDate(text)
        }
    }

    private static func resemblesNumber(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        guard let first = rest.first, first == UInt8(ascii: ".") || (0x30...0x39).contains(first) else { return false }
        if first == UInt8(ascii: "0"), let base = rest.dropFirst().first.map({ $0 | 0x20 }),
            base == UInt8(ascii: "x") || base == UInt8(ascii: "o") || base == UInt8(ascii: "b")
        {
            return true
        }
        // Two dots make an address or a version, which no reader takes for a number.
        guard rest.count(where: { $0 == UInt8(ascii: ".") }) <= 1 else { return false }
        return rest.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "e"),
                UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    /// Whether a text begins like `2025-01-31`.
    private static func resemblesDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(6))
        return bytes.count == 6 && bytes[0..<4].allSatisfy { (0x30...0x39).contains($0) }
            && bytes[4] == UInt8(ascii: "-") && (0x30...0x39).contains(bytes[5])
    }

    // MARK: Quoted

    /// Whether a text can stand in single quotes on one line.
    static func canBeSingleQuoted(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isPrintable) }

    /// A text in single quotes.
    static func singleQuoted(_ text: String) -> String {
        var result = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { result.unicodeScalars.append("'") }
            result.unicodeScalars.append(scalar)
        }
        return result + "'"
    }

    /// A text in double quotes on one line; every text has this form.
    static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "\0": result += "\\0"
            default:
                if isPrintable(scalar) { result.unicodeScalars.append(scalar) } else { result += escape(scalar.value) }
            }
        }
        return result + "\""
    }

    private static func escape(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        let (letter, width) = value <= 0xFF ? ("x", 2) : value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }

    /// Whether a character may stand unescaped inside a line: neither a control character nor a line ending of
    /// YAML 1.1 (NEL, LS, PS) nor a byte order mark nor a noncharacter.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        case 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    // MARK: Blocks

    /// Whether a text of several lines survives as a literal block, and would survive an editor that removes
    /// white space at the ends of lines.
    static func canBeLiteral(_ text: String) -> Bool {
        guard let first = text.utf8.first, !first.isYAMLWhite, text.utf8.contains(0x0A) else { return false }
        if text.utf8.suffix(2).elementsEqual([0x0A, 0x0A]) { return false }
        var previous: Unicode.Scalar = "a"
        for scalar in text.unicodeScalars {
            let isBlankEnd = scalar == "\n" && (previous == " " || previous == "\t")
            if isBlankEnd || !(isPrintable(scalar) || scalar == "\n" || scalar == "\t") { return false }
            previous = scalar
        }
        return previous != " " && previous != "\t"
    }

    /// The lines of a literal block's text and the chomping indicator behind `|`.
    static func literal(_ text: String) -> (chomping: String, lines: [String]) {
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.last == "" else { return ("-", lines) }
        lines.removeLast()
        return ("", lines)
    }
}
