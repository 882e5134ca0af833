extension Value {
    /// What `{{ value }}` prints without autoescaping: Python's `str`.
    /// - Throws: `EvaluationError` for strict undefined values and for nesting beyond the limit.
    public func printed() throws -> String {
        switch self {
        case .string(let text), .markup(let text): return text
        case .undefined(let undefined): return try undefined.printed()
        default: return try represented()
        }
    }

    /// Python's `repr`.
    func represented() throws -> String {
        var output = ""
        var printer = Representation()
        try printer.write(self, to: &output)
        return output
    }
}

/// Writes the `repr` of nested values; a collection inside itself is written as `[...]`, as Python does.
private struct Representation {
    private var open: [ObjectIdentifier] = []

    mutating func write(_ value: Value, to output: inout String) throws {
        switch value {
        case .undefined: output += "Undefined"
        case .none: output += "None"
        case .bool(let flag): output += flag ? "True" : "False"
        case .int(let int): output += String(int)
        case .double(let double): output += PythonText.float(double)
        case .string(let text): output += PythonText.quoted(text)
        case .markup(let text): output += "Markup(" + PythonText.quoted(text) + ")"
        case .list(let list):
            try nested(list, placeholder: "[...]", to: &output) { printer, output in
                try printer.write(list.items, from: "[", to: "]", &output)
            }
        case .tuple(let tuple):
            try nested(tuple, placeholder: "(...)", to: &output) { printer, output in
                try printer.write(tuple.items, from: "(", to: tuple.items.count == 1 ? ",)" : ")", &output)
            }
        case .dict(let mapping):
            try nested(mapping, placeholder: "{...}", to: &output) { try $0.write(mapping, &$1) }
        case .object(let object): output += try object.printed()
        }
    }

    private mutating func nested(
        _ object: AnyObject, placeholder: String, to output: inout String,
        _ body: (inout Representation, inout String) throws -> Void
    ) throws {
        let identity = ObjectIdentifier(object)
        if open.contains(identity) {
            output += placeholder
            return
        }
        open.append(identity)
        try Value.requireDepth(open.count)
        try body(&self, &output)
        open.removeLast()
    }

    private mutating func write(
        _ items: ContiguousArray<Value>, from start: String, to end: String, _ output: inout String
    ) throws {
        output += start
        for (index, item) in items.enumerated() {
            if index > 0 { output += ", " }
            try write(item, to: &output)
        }
        output += end
    }

    private mutating func write(_ mapping: DictValue, _ output: inout String) throws {
        output += "{"
        for (index, (key, value)) in zip(mapping.keys, mapping.values).enumerated() {
            if index > 0 { output += ", " }
            try write(key, to: &output)
            output += ": "
            try write(value, to: &output)
        }
        output += "}"
    }
}
