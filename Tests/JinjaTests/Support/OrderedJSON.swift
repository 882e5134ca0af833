import Jinja

/// Reads JSON into values and keeps the order of keys, which the JSON readers at hand do not.
struct OrderedJSON {
    struct Malformed: Error {
        let offset: Int
    }

    private let bytes: [UInt8]
    private var index = 0

    static func parse(_ text: String) throws -> Value {
        var reader = OrderedJSON(bytes: Array(text.utf8))
        let value = try reader.value()
        reader.skipSpace()
        guard reader.index == reader.bytes.count else { throw Malformed(offset: reader.index) }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skipSpace() {
        while [0x20, 0x0A, 0x0D, 0x09].contains(current) { index += 1 }
    }

    private mutating func expect(_ text: String) throws {
        guard bytes[index...].starts(with: text.utf8) else { throw Malformed(offset: index) }
        index += text.utf8.count
    }

    private mutating func value() throws -> Value {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try expect("true")
            return true
        case UInt8(ascii: "f"):
            try expect("false")
            return false
        case UInt8(ascii: "n"):
            try expect("null")
            return .none
        default: return try number()
        }
    }

    private mutating func object() throws -> Value {
        var pairs: [(String, Value)] = []
        index += 1
        skipSpace()
        while current != UInt8(ascii: "}") {
            if !pairs.isEmpty { try expect(",") }
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(":")
            pairs.append((key, try value()))
            skipSpace()
        }
        index += 1
        return .dict(pairs)
    }

    private mutating func array() throws -> Value {
        var items: [Value] = []
        index += 1
        skipSpace()
        while current != UInt8(ascii: "]") {
            if !items.isEmpty { try expect(",") }
            items.append(try value())
            skipSpace()
        }
        index += 1
        return .list(items)
    }

    private mutating func number() throws -> Value {
        let start = index
        while index < bytes.count, "+-.eE0123456789".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let integer = Int(text) { return .int(integer) }
        guard let number = Double(text) else { throw Malformed(offset: start) }
        return .double(number)
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var units: [UInt16] = []
        while current != UInt8(ascii: "\"") {
            guard index < bytes.count else { throw Malformed(offset: index) }
            if current == UInt8(ascii: "\\") {
                units.append(contentsOf: try escape())
            } else {
                var iterator = bytes[index...].makeIterator()
                var decoder = UTF8()
                guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
                    throw Malformed(offset: index)
                }
                units.append(contentsOf: String(scalar).utf16)
                index += UTF8.width(scalar)
            }
        }
        index += 1
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func escape() throws -> [UInt16] {
        index += 1
        defer { index += 1 }
        switch current {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[(index + 1)..<min(index + 5, bytes.count)], as: UTF8.self)
            guard let unit = UInt16(digits, radix: 16) else { throw Malformed(offset: index) }
            index += 4
            return [unit]
        default: return [UInt16(current)]
        }
    }
}
