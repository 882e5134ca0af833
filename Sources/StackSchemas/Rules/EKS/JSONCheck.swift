/// Says whether a text is JSON, by its grammar (RFC 8259), without building values.
struct JSONCheck {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether a text is one JSON object and nothing else.
    static func isObject(_ text: String) -> Bool { isValue(text, beginningWith: "{") }

    /// Whether a text is one JSON array and nothing else.
    static func isArray(_ text: String) -> Bool { isValue(text, beginningWith: "[") }

    private static func isValue(_ text: String, beginningWith first: Unicode.Scalar) -> Bool {
        var check = JSONCheck(text)
        check.skipSpace()
        guard check.peek == UInt8(ascii: first), check.value() else { return false }
        check.skipSpace()
        return check.position == check.bytes.count
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Character) -> Bool {
        guard let byte = peek, byte == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value() -> Bool {
        guard depth < 64 else { return false }
        depth += 1
        defer { depth -= 1 }
        switch peek {
        case UInt8(ascii: "{"): return list(close: "}") { $0.member() }
        case UInt8(ascii: "["): return list(close: "]") { $0.value() }
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        case UInt8(ascii: "n"): return word("null")
        default: return number()
        }
    }

    private mutating func list(close: Character, _ item: (inout JSONCheck) -> Bool) -> Bool {
        position += 1
        skipSpace()
        if take(close) { return true }
        repeat {
            skipSpace()
            guard item(&self) else { return false }
            skipSpace()
        } while take(",")
        return take(close)
    }

    private mutating func member() -> Bool {
        guard string() else { return false }
        skipSpace()
        guard take(":") else { return false }
        skipSpace()
        return value()
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard let escaped = peek else { return false }
                position += 1
                if escaped == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        guard let digit = peek, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
                        position += 1
                    }
                } else if !"\"\\/bfnrt".utf8.contains(escaped) {
                    return false
                }
            case 0..<0x20: return false
            default: break
            }
        }
        return false
    }

    private mutating func word(_ text: String) -> Bool { text.allSatisfy { take($0) } }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
        return position > start
    }
}
