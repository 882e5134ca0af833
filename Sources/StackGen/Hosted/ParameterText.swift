internal import Jinja

/// Values as CloudFormation takes them in a parameter: everything is a text.
enum ParameterText {
    /// Booleans are `true` and `false`, lists are joined by commas, nothing is the empty text.
    static func text(of value: Value) throws -> String {
        switch value {
        case .none: ""
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): "\(number)"
        case .string(let text), .markup(let text): text
        case .list(let list): try list.items.map { try text(of: $0) }.joined(separator: ",")
        default: throw EvaluationError.type("`parameter` takes a text, a number, a boolean or a list of them")
        }
    }

    /// JSON on one line in ASCII, keys in their order, a blank behind every comma and colon: the very text that
    /// Python's `json.dumps` writes, which is what the hosted functions have always been given.
    static func json(_ value: Value) throws -> String {
        switch value {
        case .none: return "null"
        case .bool(let flag): return flag ? "true" : "false"
        case .int(let number): return String(number)
        case .double(let number): return "\(number)"
        case .string(let text), .markup(let text): return quoted(text)
        case .list(let list): return "[" + (try list.items.map { try json($0) }.joined(separator: ", ")) + "]"
        case .dict(let mapping):
            let members = try zip(mapping.keys, mapping.values).map { key, value in
                "\(quoted(key.stringValue ?? "")): \(try json(value))"
            }
            return "{" + members.joined(separator: ", ") + "}"
        default: throw EvaluationError.type("`json_text` takes plain values")
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0x0D: result += "\\r"
            case 0x09: result += "\\t"
            case 0x08: result += "\\b"
            case 0x0C: result += "\\f"
            case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
