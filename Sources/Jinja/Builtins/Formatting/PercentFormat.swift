/// `text % values`: printf-style formatting as Python does it.
enum PercentFormat {
    /// Formats with a tuple of values, a single value, or a mapping for `%(name)s`.
    static func apply(_ format: Value, _ values: Value, in state: RenderState) throws -> Value {
        let text = format.stringValue ?? ""
        var formatter = Formatter(values: values, escapes: format.isMarkup, state: state)
        let result = try formatter.format(Text.scalars(text)[...])
        return format.isMarkup ? .markup(result) : .string(result)
    }

    private struct Formatter {
        let values: Value
        let escapes: Bool
        let state: RenderState
        var next = 0
        var usesMapping = false
        /// Whether the directive at hand names its value.
        var isNamed = false

        mutating func format(_ text: ArraySlice<Unicode.Scalar>) throws -> String {
            var rest = text
            var result = ""
            while let mark = rest.firstIndex(of: "%") {
                result += Text.string(rest[..<mark])
                rest = rest[(mark + 1)...]
                result += try directive(&rest)
                try state.charge(bytes: 16)
            }
            result += Text.string(rest)
            try requireAllUsed()
            return result
        }

        private func requireAllUsed() throws {
            if usesMapping { return }
            switch values {
            case .tuple(let tuple) where next < tuple.items.count:
                throw EvaluationError.type("not all arguments converted during string formatting")
            // For Python all that has items may be a mapping whose keys nobody asked for.
            case .dict, .list, .tuple, .undefined: return
            default:
                if next == 0 {
                    throw EvaluationError.type("not all arguments converted during string formatting")
                }
            }
        }

        private mutating func argument() throws -> Value {
            defer { next += 1 }
            if case .tuple(let tuple) = values {
                guard next < tuple.items.count else {
                    throw EvaluationError.type("not enough arguments for format string")
                }
                return tuple.items[next]
            }
            guard next == 0 else { throw EvaluationError.type("not enough arguments for format string") }
            return values
        }

        private mutating func directive(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> String {
            var named: Value?
            if rest.first == "%" {
                rest.removeFirst()
                return "%"
            }
            if rest.first == "(" {
                guard let end = rest.firstIndex(of: ")") else {
                    throw EvaluationError.value("incomplete format key")
                }
                let name = Text.string(rest[(rest.startIndex + 1)..<end])
                if case .undefined(let undefined) = values { throw undefined.error }
                guard case .dict(let mapping) = values else {
                    throw EvaluationError.type("format requires a mapping")
                }
                guard let value = mapping[name] else {
                    throw EvaluationError.value("no key \(PythonText.quoted(name))")
                }
                usesMapping = true
                named = value
                rest = rest[(end + 1)...]
            }
            isNamed = named != nil
            let spec = try specification(&rest)
            guard let type = rest.popFirst() else { throw EvaluationError.value("incomplete format") }
            return try convert(try named ?? argument(), type, spec)
        }

        private mutating func specification(_ rest: inout ArraySlice<Unicode.Scalar>) throws
            -> FormatSpecification
        {
            var spec = FormatSpecification()
            spec.alignment = ">"
            while let flag = rest.first, "-+ #0".unicodeScalars.contains(flag) {
                rest.removeFirst()
                switch flag {
                case "-": spec.alignment = "<"
                case "0":
                    if spec.alignment != "<" {
                        spec.fill = "0"
                        spec.alignment = "="
                    }
                case "#": spec.isAlternate = true
                default: if spec.sign != "+" { spec.sign = flag }
                }
            }
            if spec.alignment == "<" { spec.fill = " " }
            if rest.first == "*" {
                rest.removeFirst()
                spec.width = try starredWidth(&spec)
            } else {
                spec.width = try FormatSpecification.number(&rest) ?? 0
            }
            if rest.first == "." {
                rest.removeFirst()
                if rest.first == "*" {
                    rest.removeFirst()
                    spec.precision = max(0, try starred())
                } else {
                    spec.precision = try FormatSpecification.number(&rest) ?? 0
                }
            }
            while let modifier = rest.first, "hlL".unicodeScalars.contains(modifier) {
                rest.removeFirst()
            }
            return spec
        }

        /// The number that `*` stands for. What a key names is the only argument of its directive, and `*` takes it.
        private mutating func starred() throws -> Int {
            guard !isNamed else { throw EvaluationError.type("not enough arguments for format string") }
            guard let number = try argument().integerValue else {
                throw EvaluationError.type("* wants int")
            }
            return number
        }

        private mutating func starredWidth(_ spec: inout FormatSpecification) throws -> Int {
            let width = try starred()
            if width < 0 { spec.alignment = "<" }
            guard width.magnitude <= 1_000_000 else {
                throw EvaluationError.value("the width of a format is too large")
            }
            return abs(width)
        }

        private func convert(_ value: Value, _ type: Unicode.Scalar, _ spec: FormatSpecification) throws
            -> String
        {
            var spec = spec
            switch type {
            case "s", "r", "a": return try textual(value, type, spec)
            case "c": return try character(value, spec)
            case "d", "i", "u":
                spec.type = "d"
                return try NumberFormat.integer(try integer(value, type), spec, state)
            case "x", "X", "o":
                guard case .double = value else {
                    spec.type = type
                    return try NumberFormat.integer(try integer(value, type), spec, state)
                }
                throw EvaluationError.type("%\(type) format: an integer is required, not float")
            case "e", "E", "f", "F", "g", "G":
                spec.type = type
                return try NumberFormat.float(try number(value), spec, state)
            default:
                throw EvaluationError.value("unsupported format character '\(type)'")
            }
        }

        private func textual(_ value: Value, _ type: Unicode.Scalar, _ spec: FormatSpecification) throws
            -> String
        {
            var text = type == "s" ? try value.printed() : try value.represented()
            if type == "a" { text = PythonText.ascii(text) }
            if escapes { text = value.isMarkup && type == "s" ? text : HTML.escaped(text) }
            if let precision = spec.precision {
                text = Text.string(text.unicodeScalars.prefix(precision))
            }
            var spec = spec
            spec.fill = " "
            if spec.alignment == "=" { spec.alignment = ">" }
            return try spec.padded(text, default: ">", state)
        }

        private func character(_ value: Value, _ spec: FormatSpecification) throws -> String {
            var spec = spec
            spec.fill = " "
            if spec.alignment == "=" { spec.alignment = ">" }
            if let text = value.stringValue, Text.length(text) == 1 {
                return try spec.padded(text, default: ">", state)
            }
            guard let code = value.integerValue,
                let scalar = UInt32(exactly: code).flatMap({ Unicode.Scalar($0) })
            else {
                throw EvaluationError.type("%c requires int or char")
            }
            return try spec.padded(String(scalar), default: ">", state)
        }

        private func integer(_ value: Value, _ type: Unicode.Scalar) throws -> Int {
            if let number = value.integerValue { return number }
            if case .undefined(let undefined) = value { throw undefined.error }
            guard case .double(let double) = value else {
                throw EvaluationError.type(
                    "%\(type) format: a real number is required, not \(value.typeName)")
            }
            guard let number = Int(exactly: double.rounded(.towardZero)) else {
                throw EvaluationError.value("the number does not fit a 64-bit integer")
            }
            return number
        }

        private func number(_ value: Value) throws -> Double {
            if let number = value.number { return number.doubleValue }
            if case .undefined(let undefined) = value { throw undefined.error }
            throw EvaluationError.type("must be real number, not \(value.typeName)")
        }
    }
}
