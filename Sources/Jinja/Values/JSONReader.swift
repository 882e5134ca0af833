public import Diagnostics

extension Value {
    /// The value of a JSON text. Keys keep their order; a number without fraction and exponent that fits in 64
    /// bits is an integer, any other a float.
    /// - Throws: `DiagnosticError` with the place of the first thing that is not JSON (rule `JSON001`).
    public init(json file: SourceFile) throws {
        var reader = JSONReader(file: file)
        self = try reader.readDocument()
    }
}

/// Reads a JSON text (RFC 8259) into a value, and keeps what templates can see: the order of keys, `1` and `1.0`.
struct JSONReader {
    private static let depthLimit = 500
    private let file: SourceFile
    private let bytes: [UInt8]
    private var offset: Int
    private var depth = 0

    init(file: SourceFile) {
        self.file = file
        bytes = file.bytes
        offset = file.byteOrderMarkLength
    }

    mutating func readDocument() throws -> Value {
        if String(validating: bytes, as: UTF8.self) == nil { throw failure("the text is not UTF-8") }
        let value = try readValue()
        skipWhiteSpace()
        guard offset == bytes.count else { throw failure("a second value follows the first") }
        return value
    }

    private mutating func readValue() throws -> Value {
        skipWhiteSpace()
        guard offset < bytes.count else { throw failure("the text ends where a value is expected") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return try nested { try $0.readObject() }
        case UInt8(ascii: "["): return try nested { try $0.readArray() }
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", true)
        case UInt8(ascii: "f"): return try readWord("false", false)
        case UInt8(ascii: "n"): return try readWord("null", Value.none)
        default: return try readNumber()
        }
    }

    private mutating func nested(_ body: (inout JSONReader) throws -> Value) throws -> Value {
        depth += 1
        guard depth <= Self.depthLimit else { throw failure("more than \(Self.depthLimit) levels of nesting") }
        defer { depth -= 1 }
        offset += 1
        return try body(&self)
    }

    /// Of equal keys the last one counts, at the place of the first.
    private mutating func readObject() throws -> Value {
        let mapping = DictValue()
        if take("}") { return .dict(mapping) }
        repeat {
            skipWhiteSpace()
            guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
                throw failure("a key in double quotes is expected")
            }
            let key = try readString()
            guard take(":") else { throw failure("`:` is expected behind the key") }
            mapping.set(key, try readValue())
        } while take(",")
        guard take("}") else { throw failure("`,` or `}` is expected") }
        return .dict(mapping)
    }

    private mutating func readArray() throws -> Value {
        var items: ContiguousArray<Value> = []
        if take("]") { return .list(ListValue()) }
        repeat { items.append(try readValue()) } while take(",")
        guard take("]") else { throw failure("`,` or `]` is expected") }
        return .list(ListValue(items))
    }

    private mutating func readString() throws -> String {
        offset += 1
        var text: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0..<0x20: throw failure("a control character in a string has to be escaped")
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw failure("the string is not closed")
    }

    private mutating func readEscape(into text: inout [UInt8]) throws {
        let start = offset
        guard offset + 1 < bytes.count else { throw failure("the string is not closed") }
        let byte = bytes[offset + 1]
        offset += 2
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += Array(String(try readUnicodeEscape()).utf8)
        default:
            offset = start
            throw failure("an unknown escape sequence")
        }
    }

    /// Four hexadecimal digits, or a pair of surrogates; a lone surrogate is no character.
    private mutating func readUnicodeEscape() throws -> Unicode.Scalar {
        let first = try readFourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        {
            offset += 2
            let second = try readFourDigits()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw failure("a surrogate without its pair")
    }

    private mutating func readFourDigits() throws -> UInt32 {
        guard offset + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits are expected") }
        offset += 4
        return value
    }

    private mutating func readNumber() throws -> Value {
        let start = offset
        _ = takeByte("-")
        let integer = takeDigits()
        let isWellFormed = integer == 1 || integer > 1 && bytes[offset - integer] != UInt8(ascii: "0")
        var isInteger = true
        var digitsFollow = true
        if takeByte(".") {
            isInteger = false
            digitsFollow = takeDigits() > 0
        }
        if takeByte("e") || takeByte("E") {
            isInteger = false
            _ = takeByte("+") || takeByte("-")
            digitsFollow = digitsFollow && takeDigits() > 0
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard isWellFormed, digitsFollow, let number = Double(text) else {
            offset = start
            throw failure("a JSON value is expected")
        }
        if isInteger, let whole = Int(text) { return .int(whole) }
        return .double(number)
    }

    private mutating func takeDigits() -> Int {
        let start = offset
        while offset < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[offset] { offset += 1 }
        return offset - start
    }

    private mutating func readWord(_ word: String, _ value: Value) throws -> Value {
        guard bytes[offset...].starts(with: word.utf8) else { throw failure("a JSON value is expected") }
        offset += word.utf8.count
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipWhiteSpace()
        return takeByte(character)
    }

    private mutating func takeByte(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private func failure(_ message: String) -> DiagnosticError {
        let span = SourceSpan(file, offset..<min(offset + 1, bytes.count))
        return DiagnosticError(.error("JSON001", "\(message)", at: span))
    }
}
