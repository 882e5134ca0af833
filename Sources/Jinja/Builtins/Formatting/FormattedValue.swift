/// Python's `format(value, specification)`.
enum FormattedValue {
    static func format(_ value: Value, _ text: String, _ state: RenderState) throws -> String {
        if text.isEmpty { return try value.printed() }
        switch value {
        case .string(let content), .markup(let content):
            return try self.text(content, FormatSpecification(text, zeroAlignment: nil), value, state)
        case .int, .bool: return try integer(value, FormatSpecification(text), state)
        case .double(let number):
            let spec = try FormatSpecification(text)
            guard spec.type.map({ "eEfFgGn%".unicodeScalars.contains($0) }) ?? true else {
                throw unknown(spec.type, value)
            }
            try requireGrouping(spec)
            return try NumberFormat.float(number, spec, state)
        case .undefined(let undefined): throw undefined.error
        default:
            throw EvaluationError.type("unsupported format string passed to \(value.typeName).__format__")
        }
    }

    private static func text(
        _ content: String, _ spec: FormatSpecification, _ value: Value, _ state: RenderState
    ) throws -> String {
        if let separator = spec.grouping { throw cannotGroup(separator, spec.type ?? "s") }
        guard spec.type == nil || spec.type == "s" else { throw unknown(spec.type, value) }
        let place = "in string format specifier"
        if spec.sign != nil { throw EvaluationError.value("Sign not allowed \(place)") }
        if spec.avoidsNegativeZero { throw EvaluationError.value("Negative zero coercion (z) not allowed \(place)") }
        if spec.isAlternate { throw EvaluationError.value("Alternate form (#) not allowed \(place)") }
        if spec.alignment == "=" { throw EvaluationError.value("'=' alignment not allowed \(place)") }
        let cut = spec.precision.map { Text.string(content.unicodeScalars.prefix($0)) } ?? content
        return try spec.padded(cut, default: "<", state)
    }

    private static func integer(_ value: Value, _ spec: FormatSpecification, _ state: RenderState) throws -> String {
        let number = value.integerValue ?? 0
        switch spec.type {
        case nil, "d", "n", "x", "X", "o", "b":
            try requireGrouping(spec)
            try requirePlainInteger(spec)
            return try NumberFormat.integer(number, spec, state)
        case "c":
            try requireGrouping(spec)
            try requirePlainInteger(spec)
            let place = "not allowed with integer format specifier 'c'"
            if spec.sign != nil { throw EvaluationError.value("Sign \(place)") }
            if spec.isAlternate { throw EvaluationError.value("Alternate form (#) \(place)") }
            guard let scalar = UInt32(exactly: number).flatMap({ Unicode.Scalar($0) }) else {
                throw EvaluationError.value("%c arg not in range(0x110000)")
            }
            return try spec.padded(String(scalar), default: "<", state)
        case "e", "E", "f", "F", "g", "G", "%":
            return try NumberFormat.float(Double(number), spec, state)
        default: throw unknown(spec.type, value)
        }
    }

    private static func requirePlainInteger(_ spec: FormatSpecification) throws {
        if spec.precision != nil {
            throw EvaluationError.value("Precision not allowed in integer format specifier")
        }
        if spec.avoidsNegativeZero {
            throw EvaluationError.value("Negative zero coercion (z) not allowed in format specifier with integer")
        }
    }

    /// Separators of groups go with decimal digits, `_` also with those of powers of two.
    private static func requireGrouping(_ spec: FormatSpecification) throws {
        guard let separator = spec.grouping, let type = spec.type else { return }
        let others = separator == "_" ? "boxX" : ""
        guard ("deEfFgG%" + others).unicodeScalars.contains(type) else { throw cannotGroup(separator, type) }
    }

    private static func cannotGroup(_ separator: Unicode.Scalar, _ type: Unicode.Scalar) -> EvaluationError {
        .value("Cannot specify '\(separator)' with '\(type)'.")
    }

    private static func unknown(_ type: Unicode.Scalar?, _ value: Value) -> EvaluationError {
        .value("Unknown format code '\(type.map { String($0) } ?? "")' for object of type '\(value.typeName)'")
    }
}
