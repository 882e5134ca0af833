/// Percent encoding.
enum URLEncoding {
    /// A text as a path, a mapping or pairs as a query.
    static func encode(_ value: Value) throws -> String {
        switch value {
        case .string, .markup: return quote(try value.printed(), isQuery: false)
        case .dict(let mapping):
            return try zip(mapping.keys, mapping.values).map { try pair($0, $1) }.joined(separator: "&")
        default:
            guard value.isIterable else { return quote(try value.printed(), isQuery: false) }
            return try value.elements().map { item in
                let items = try item.elements()
                guard items.count == 2 else { throw EvaluationError.value("a query is made of pairs") }
                return try pair(items[0], items[1])
            }.joined(separator: "&")
        }
    }

    private static func pair(_ key: Value, _ value: Value) throws -> String {
        quote(try key.printed(), isQuery: true) + "=" + quote(try value.printed(), isQuery: true)
    }

    private static func quote(_ text: String, isQuery: Bool) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "-"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "/") where !isQuery: result += "/"
            case UInt8(ascii: " ") where isQuery: result += "+"
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (byte < 16 ? "0" : "") + digits
            }
        }
        return result
    }
}
