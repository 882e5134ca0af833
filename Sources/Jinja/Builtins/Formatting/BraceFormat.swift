/// `text.format(…)`: replacement fields in braces.
enum BraceFormat {
    static func format(
        _ text: String, _ arguments: CallArguments, escapes: Bool, in state: RenderState
    ) throws -> String {
        var formatter = Formatter(arguments: arguments, escapes: escapes, state: state)
        return try formatter.format(Text.scalars(text)[...], depth: 2)
    }

    private struct Formatter {
        let arguments: CallArguments
        let escapes: Bool
        let state: RenderState
        var next = 0

        mutating func format(_ text: ArraySlice<Unicode.Scalar>, depth: Int) throws -> String {
            guard depth > 0 else { throw EvaluationError.value("Max string recursion exceeded") }
            var rest = text
            var result = String.UnicodeScalarView()
            while let scalar = rest.popFirst() {
                if scalar == "{" || scalar == "}" {
                    if rest.first == scalar {
                        rest.removeFirst()
                        result.append(scalar)
                    } else if scalar == "{" {
                        result.append(contentsOf: try field(&rest, depth: depth).unicodeScalars)
                        try state.charge(bytes: 16)
                    } else {
                        throw EvaluationError.value("Single '}' encountered in format string")
                    }
                } else {
                    result.append(scalar)
                }
            }
            return String(result)
        }

        private mutating func field(_ rest: inout ArraySlice<Unicode.Scalar>, depth: Int) throws
            -> String
        {
            var nesting = 1
            var end = rest.startIndex
            while end < rest.endIndex {
                if rest[end] == "{" { nesting += 1 }
                if rest[end] == "}" { nesting -= 1 }
                if nesting == 0 { break }
                end += 1
            }
            guard nesting == 0 else { throw EvaluationError.value("expected '}' before end of string") }
            let body = rest[rest.startIndex..<end]
            rest = rest[(end + 1)...]
            return try format(field: body, depth: depth)
        }

        private mutating func format(field: ArraySlice<Unicode.Scalar>, depth: Int) throws -> String {
            let colon = field.firstIndex(of: ":") ?? field.endIndex
            var name = field[..<colon]
            var conversion: Unicode.Scalar?
            if let mark = name.firstIndex(of: "!") {
                conversion = name[(mark + 1)...].first
                name = name[..<mark]
            }
            var value = try lookup(name)
            if conversion == "r" || conversion == "a" { value = .string(try value.represented()) }
            if conversion == "s" { value = .string(try value.printed()) }
            let text = colon < field.endIndex ? try format(field[(colon + 1)...], depth: depth - 1) : ""
            let result = try FormattedValue.format(value, text, state)
            return escapes && !value.isMarkup ? HTML.escaped(result) : result
        }

        /// The value of `name`, `0`, or nothing for the next one, with its `.attribute` and `[item]` parts.
        private mutating func lookup(_ name: ArraySlice<Unicode.Scalar>) throws -> Value {
            let end = name.firstIndex { $0 == "." || $0 == "[" } ?? name.endIndex
            var value = try argument(Text.string(name[..<end]))
            var rest = name[end...]
            while let mark = rest.popFirst() {
                if mark == "." {
                    let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
                    value = try value.attribute(Text.string(rest[..<end]), in: state)
                    rest = rest[end...]
                } else {
                    guard let end = rest.firstIndex(of: "]") else {
                        throw EvaluationError.value("Missing ']' in format string")
                    }
                    let key = Text.string(rest[..<end])
                    value = try value.item(Int(key).map { .int($0) } ?? .string(key), in: state)
                    rest = rest[(end + 1)...]
                }
            }
            return value
        }

        private mutating func argument(_ name: String) throws -> Value {
            if name.isEmpty || name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                let index = Int(name) ?? next
                if name.isEmpty { next += 1 }
                guard arguments.positional.indices.contains(index) else {
                    throw EvaluationError.value(
                        "Replacement index \(index) out of range for positional args tuple")
                }
                return arguments.positional[index]
            }
            guard let argument = arguments.named.first(where: { $0.name == name }) else {
                throw EvaluationError.value("no argument \(PythonText.quoted(name)) for the format")
            }
            return argument.value
        }
    }
}

/// Python's `format(value, specification)`.
enum FormattedValue {
    static func format(_ value: Value, _ text: String, _ state: RenderState) throws -> String {
        if text.isEmpty { return try value.printed() }
        let spec = try FormatSpecification(text)
        switch value {
        case .string(let content), .markup(let content):
            guard spec.type == nil || spec.type == "s" else { throw unknown(spec.type, value) }
            var cut = content
            if let precision = spec.precision {
                cut = Text.string(content.unicodeScalars.prefix(precision))
            }
            return try spec.padded(cut, default: "<", state)
        case .int, .bool: return try integer(value, spec, state)
        case .double(let number):
            guard spec.type.map({ "eEfFgGn%".unicodeScalars.contains($0) }) ?? true else {
                throw unknown(spec.type, value)
            }
            return try NumberFormat.float(number, spec, state)
        case .undefined(let undefined): throw undefined.error
        default:
            throw EvaluationError.type("unsupported format string passed to \(value.typeName).__format__")
        }
    }

    private static func integer(_ value: Value, _ spec: FormatSpecification, _ state: RenderState)
        throws -> String
    {
        let number = value.integerValue ?? 0
        switch spec.type {
        case nil, "d", "n", "x", "X", "o", "b":
            if spec.precision != nil {
                throw EvaluationError.value("Precision not allowed in integer format specifier")
            }
            return try NumberFormat.integer(number, spec, state)
        case "c":
            guard let scalar = UInt32(exactly: number).flatMap({ Unicode.Scalar($0) }) else {
                throw EvaluationError.value("%c arg not in range(0x110000)")
            }
            return try spec.padded(String(scalar), default: "<", state)
        case "e", "E", "f", "F", "g", "G", "%":
            return try NumberFormat.float(Double(number), spec, state)
        default: throw unknown(spec.type, value)
        }
    }

    private static func unknown(_ type: Unicode.Scalar?, _ value: Value) -> EvaluationError {
        .value(
            "Unknown format code '\(type.map { String($0) } ?? "")' for object of type '\(value.typeName)'"
        )
    }
}
