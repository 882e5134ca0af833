extension Scalar {
    /// What a scalar is under the core schema of YAML 1.2 (YAML 1.2.2, section 10.3.2).
    public enum Kind: Sendable, Hashable, CustomStringConvertible {
        /// Absent, `~`, `null`, `Null` or `NULL`.
        case null
        /// `true` or `false`.
        case bool
        /// A whole number.
        case int
        /// A number with a fraction or an exponent, an infinity or not-a-number.
        case float
        /// Everything else, and everything quoted.
        case string

        /// In words for a message.
        public var description: String {
            switch self {
            case .null: "null"
            case .bool: "a boolean"
            case .int: "an integer"
            case .float: "a number"
            case .string: "a string"
            }
        }
    }

    /// Whether the text may mean something else than a string: plain without a tag, or tagged as another type.
    var isResolvable: Bool {
        if let tag { tag != .string } else { style == .plain }
    }

    /// What the scalar is.
    public var kind: Kind {
        if isNull { return .null }
        if asBool != nil { return .bool }
        if isResolvable, CoreSchema.isInteger(text) { return .int }
        if asDouble != nil { return .float }
        return .string
    }

    /// Whether the scalar is null: a plain empty text, `~`, `null`, `Null` or `NULL`.
    public var isNull: Bool { isResolvable && CoreSchema.isNull(text) }

    /// `true`, `True`, `TRUE` or `false`, `False`, `FALSE`, written plain. `yes`, `no`, `on` and `off` are strings.
    public var asBool: Bool? { isResolvable ? CoreSchema.bool(text) : nil }

    /// A whole number written plain: decimal with an optional sign, `0x…` or `0o…`; `nil` outside `Int`.
    public var asInt: Int? { isResolvable ? CoreSchema.int(text) : nil }

    /// A number written plain: an integer or a decimal fraction with an optional exponent, `.inf`, `.nan`.
    public var asDouble: Double? { isResolvable ? CoreSchema.double(text) : nil }
}

/// How YAML 1.2 reads plain text (YAML 1.2.2, section 10.3.2).
enum CoreSchema {
    static func isNull(_ text: String) -> Bool {
        switch text.utf8.count {
        case 0: true
        case 1: text == "~"
        case 4: text == "null" || text == "Null" || text == "NULL"
        default: false
        }
    }

    static func bool(_ text: String) -> Bool? {
        switch text.utf8.count {
        case 4: text == "true" || text == "True" || text == "TRUE" ? true : nil
        case 5: text == "false" || text == "False" || text == "FALSE" ? false : nil
        default: nil
        }
    }

    static func int(_ text: String) -> Int? {
        if let value = shortDecimal(text) { return value }
        guard isInteger(text) else { return nil }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    /// A number of digits alone, as nearly all are, that cannot be too large.
    private static func shortDecimal(_ text: String) -> Int? {
        guard (1...18).contains(text.utf8.count) else { return nil }
        var value = 0
        for byte in text.utf8 {
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int(byte & 0x0F)
        }
        return value
    }

    /// Whether the text has the form of a whole number, of whatever size.
    static func isInteger(_ text: String) -> Bool {
        var digits = Substring(text)
        if digits.hasPrefix("0x") {
            digits = digits.dropFirst(2)
            return !digits.isEmpty && digits.utf8.allSatisfy(isHexadecimalDigit)
        }
        if digits.hasPrefix("0o") {
            digits = digits.dropFirst(2)
            return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x37).contains($0) }
        }
        if let first = digits.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            digits = digits.dropFirst()
        }
        return !digits.isEmpty && digits.utf8.allSatisfy(isDigit)
    }

    static func double(_ text: String) -> Double? {
        if let value = shortDecimal(text) { return Double(value) }
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
        case "-.inf", "-.Inf", "-.INF": return -.infinity
        case ".nan", ".NaN", ".NAN": return .nan
        default: break
        }
        if let int = int(text) { return Double(int) }
        return isDecimal(text) ? Double(text) : nil
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    static func isDecimal(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if let first = rest.first, isSign(first) { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit).count
        rest = rest.dropFirst(whole)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
        }
        guard whole + fraction > 0 else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if let first = rest.first, isSign(first) { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
