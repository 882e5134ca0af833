/// Filters that encode values for other languages.
enum EncodingFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("tojson", [.optional("indent")], function: tojson),
        FilterDefinition(
            "to_json", [.optional("indent"), .optional("sort_keys", false)], function: plainJSON),
        FilterDefinition(
            "toyaml", [.optional("indent", 2), .optional("sort_keys", false)], function: yaml),
        FilterDefinition("yaml_string") { value, _ in
            var encoding = JSONEncoding(style: .yamlFlow)
            return .markup(try encoding.encode(.string(try value.printed())))
        },
        FilterDefinition("b64encode") { value, arguments in
            let text = try value.printed()
            try arguments.state.charge(bytes: text.utf8.count * 2)
            return .string(Base64.encode(Array(text.utf8)))
        },
        FilterDefinition("pprint") { value, _ in .string(try PrettyPrinter.format(value)) },
    ]

    /// JSON for use inside HTML, as Jinja2's filter of that name: sorted keys, only ASCII, no `<`, `>`, `&`, `'`.
    private static func tojson(_ value: Value, _ arguments: Arguments) throws -> Value {
        var style = JSONEncoding.Style(escapesNonASCII: true, sortsKeys: true)
        style.indent = try indentation(arguments)
        var encoding = JSONEncoding(style: style)
        var result = ""
        for scalar in try encoding.encode(value).unicodeScalars {
            switch scalar {
            case "<": result += "\\u003c"
            case ">": result += "\\u003e"
            case "&": result += "\\u0026"
            case "'": result += "\\u0027"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return .markup(result)
    }

    private static func plainJSON(_ value: Value, _ arguments: Arguments) throws -> Value {
        var style = JSONEncoding.Style.plain
        style.indent = try indentation(arguments)
        style.sortsKeys = try arguments.flag(1)
        var encoding = JSONEncoding(style: style)
        return .markup(try encoding.encode(value))
    }

    private static func indentation(_ arguments: Arguments) throws -> String? {
        guard let value = arguments.optional(0) else { return nil }
        if let text = value.stringValue { return text }
        let width = max(0, try arguments.integer(0))
        guard width <= 64 else { throw EvaluationError.value("an indentation of \(width) is too wide") }
        return String(repeating: " ", count: width)
    }

    private static func yaml(_ value: Value, _ arguments: Arguments) throws -> Value {
        let width = try arguments.integer(0)
        guard (1...16).contains(width) else {
            throw EvaluationError.value("the indentation has to be 1 to 16")
        }
        var emitter = YAMLBlockEncoding(width: width, sortsKeys: try arguments.flag(1))
        return .markup(try emitter.encode(value))
    }
}

/// Base 64 of RFC 4648, with padding.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            for position in 0..<4 {
                let index = Int(group >> UInt32(18 - 6 * position)) & 0x3F
                result.append(position <= count ? alphabet[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
