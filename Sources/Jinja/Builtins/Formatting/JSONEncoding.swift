/// Values as JSON, and as YAML flow values, which are JSON with fewer raw characters.
struct JSONEncoding {
    /// Which of the two, and how it looks.
    struct Style {
        /// Escapes everything beyond ASCII, as Python's `json.dumps` does.
        var escapesNonASCII = false
        /// Escapes what YAML cannot hold raw.
        var escapesForYAML = false
        var sortsKeys = false
        /// The text of one level of indentation; `nil` for a single line.
        var indent: String?

        /// One line, keys in order, everything beyond ASCII raw.
        static let plain = Style()
        /// One line of YAML.
        static let yamlFlow = Style(escapesForYAML: true)
    }

    private let style: Style
    private var output = ""
    private var open: [ObjectIdentifier] = []

    init(style: Style) {
        self.style = style
    }

    /// The encoded form of a value.
    /// - Throws: `EvaluationError` for undefined values, objects, and collections inside themselves.
    mutating func encode(_ value: Value) throws -> String {
        output = ""
        try write(value)
        return output
    }

    private mutating func write(_ value: Value) throws {
        switch value {
        case .none: output += "null"
        case .bool(let flag): output += flag ? "true" : "false"
        case .int(let number): output += String(number)
        case .double(let number): output += float(number)
        case .string(let text), .markup(let text): write(text)
        case .list(let list): try nested(list) { try $0.write(list.items) }
        case .tuple(let tuple): try nested(tuple) { try $0.write(tuple.items) }
        case .dict(let mapping): try nested(mapping) { try $0.write(mapping) }
        case .undefined(let undefined): throw undefined.error
        case .object(let object):
            // Ranges and views are no JSON for Python either, but a template in YAML or JSON mode prints them.
            guard !style.escapesNonASCII, let items = try object.elements() else {
                throw EvaluationError.type("Object of type \(value.typeName) is not JSON serializable")
            }
            try nested(object) { try $0.write(items) }
        }
    }

    private func float(_ number: Double) -> String {
        if number.isFinite { return PythonText.float(number) }
        if style.escapesForYAML { return number.isNaN ? ".nan" : number < 0 ? "-.inf" : ".inf" }
        return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }

    private mutating func nested(_ object: AnyObject, _ body: (inout JSONEncoding) throws -> Void)
        throws
    {
        let identity = ObjectIdentifier(object)
        guard !open.contains(identity) else {
            throw EvaluationError.value("Circular reference detected")
        }
        open.append(identity)
        try Value.requireDepth(open.count)
        try body(&self)
        open.removeLast()
    }

    private mutating func breakLine() {
        guard let indent = style.indent else { return }
        output += "\n" + String(repeating: indent, count: open.count)
    }

    private mutating func closeLine() {
        guard let indent = style.indent else { return }
        output += "\n" + String(repeating: indent, count: open.count - 1)
    }

    private mutating func write(_ items: ContiguousArray<Value>) throws {
        guard !items.isEmpty else {
            output += "[]"
            return
        }
        output += "["
        for (index, item) in items.enumerated() {
            if index > 0 { output += style.indent == nil ? ", " : "," }
            breakLine()
            try write(item)
        }
        closeLine()
        output += "]"
    }

    private mutating func write(_ mapping: DictValue) throws {
        guard mapping.count > 0 else {
            output += "{}"
            return
        }
        var entries = Array(zip(mapping.keys, mapping.values))
        if style.sortsKeys {
            entries = try Sorting.sorted(ContiguousArray(mapping.entries)) { try $0.elements()[0] }
                .map {
                    let pair = try $0.elements()
                    return (pair[0], pair[1])
                }
        }
        output += "{"
        for (index, (key, value)) in entries.enumerated() {
            if index > 0 { output += style.indent == nil ? ", " : "," }
            breakLine()
            write(try Self.keyText(key))
            output += ": "
            try write(value)
        }
        closeLine()
        output += "}"
    }

    /// A key as text: JSON has no other keys.
    private static func keyText(_ key: Value) throws -> String {
        switch key {
        case .string(let text), .markup(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .none: return "null"
        case .int(let number): return String(number)
        case .double(let number): return PythonText.float(number)
        default:
            throw EvaluationError.type("keys must be str, int, float, bool or None, not \(key.typeName)")
        }
    }

    private mutating func write(_ text: String) {
        output += "\""
        for scalar in text.unicodeScalars { write(scalar) }
        output += "\""
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": output += "\\\""
        case "\\": output += "\\\\"
        case "\n": output += "\\n"
        case "\r": output += "\\r"
        case "\t": output += "\\t"
        case "\u{8}": output += "\\b"
        case "\u{C}": output += "\\f"
        default:
            if needsEscape(scalar) {
                for unit in UTF16.encode(scalar).map({ $0 }) ?? UTF16.EncodedScalar() {
                    output += "\\u" + PythonText.hexadecimal(UInt32(unit), digits: 4)
                }
            } else {
                output.unicodeScalars.append(scalar)
            }
        }
    }

    private func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x20 { return true }
        if style.escapesNonASCII { return scalar.value > 0x7E }
        guard style.escapesForYAML else { return false }
        switch scalar.value {
        // DEL, C1 controls with NEL, line and paragraph separator, byte order mark, noncharacters.
        case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: return true
        default: return false
        }
    }
}

extension Value {
    /// The value as JSON on one line, in the order of its keys.
    /// - Throws: `EvaluationError` for what JSON cannot hold.
    public func json() throws -> String {
        var encoding = JSONEncoding(style: .plain)
        return try encoding.encode(self)
    }
}
