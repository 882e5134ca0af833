/// `text.format(…)`: replacement fields in braces.
enum BraceFormat {
    /// - Parameter escapes: whether the text is safe, so that what is inserted has to be made safe.
    static func format(
        _ text: String, _ arguments: CallArguments, escapes: Bool, in state: RenderState
    ) throws -> String {
        var formatter = Formatter(arguments: arguments, escapes: escapes, state: state)
        return try formatter.format(Text.scalars(text)[...], depth: 2)
    }

    /// How fields without a name find their argument; a format uses one of the two.
    private enum Numbering { case automatic, manual }

    private struct Formatter {
        let arguments: CallArguments
        let escapes: Bool
        let state: RenderState
        var next = 0
        var numbering: Numbering?

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
                        if rest.isEmpty { throw EvaluationError.value("Single '{' encountered in format string") }
                        let field = try ReplacementField(&rest)
                        result.append(contentsOf: try format(field, depth: depth).unicodeScalars)
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

        private mutating func format(_ field: ReplacementField, depth: Int) throws -> String {
            var value = try lookup(field.name)
            switch field.conversion {
            case nil: break
            case "r": value = .string(try value.represented())
            case "a": value = .string(PythonText.ascii(try value.represented()))
            case "s": value = .string(try value.printed())
            case .some(let letter): throw EvaluationError.value("Unknown conversion specifier \(letter)")
            }
            let nested = field.specification.contains("{")
            let text =
                nested ? try format(field.specification, depth: depth - 1) : Text.string(field.specification)
            guard escapes else { return try FormattedValue.format(value, text, state) }
            if case .markup(let safe) = value {
                guard text.isEmpty else { throw EvaluationError.value("Unsupported format specification for Markup.") }
                return safe
            }
            return HTML.escaped(try FormattedValue.format(value, text, state))
        }

        /// The value of `name`, `0`, or nothing for the next one, with its `.attribute` and `[item]` parts.
        private mutating func lookup(_ name: ArraySlice<Unicode.Scalar>) throws -> Value {
            let end = name.firstIndex { $0 == "." || $0 == "[" } ?? name.endIndex
            var value = try argument(Text.string(name[..<end]))
            var rest = name[end...]
            while let mark = rest.popFirst() {
                let end: ArraySlice<Unicode.Scalar>.Index
                switch mark {
                case ".": end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
                case "[":
                    guard let bracket = rest.firstIndex(of: "]") else {
                        throw EvaluationError.value("Missing ']' in format string")
                    }
                    end = bracket
                default:
                    throw EvaluationError.value("Only '.' or '[' may follow ']' in format field specifier")
                }
                let part = Text.string(rest[..<end])
                guard !part.isEmpty else { throw EvaluationError.value("Empty attribute in format string") }
                value = mark == "." ? try value.formatAttribute(part) : try value.formatItem(part)
                rest = mark == "." ? rest[end...] : rest[(end + 1)...]
            }
            return value
        }

        private mutating func argument(_ name: String) throws -> Value {
            guard name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                guard let argument = arguments.named.first(where: { Text.isSame($0.name, name) }) else {
                    throw EvaluationError.value("no argument \(PythonText.quoted(name)) for the format")
                }
                return argument.value
            }
            try number(name.isEmpty ? .automatic : .manual)
            let index = name.isEmpty ? next : Int(name) ?? .max
            if name.isEmpty { next += 1 }
            guard arguments.positional.indices.contains(index) else {
                throw EvaluationError.value("Replacement index \(index) out of range for positional args tuple")
            }
            return arguments.positional[index]
        }

        private mutating func number(_ kind: Numbering) throws {
            if let numbering, numbering != kind {
                let change =
                    kind == .manual
                    ? "automatic field numbering to manual field specification"
                    : "manual field specification to automatic field numbering"
                throw EvaluationError.value("cannot switch from " + change)
            }
            numbering = kind
        }
    }
}

/// What stands between two braces: `name!conversion:specification`.
private struct ReplacementField {
    let name: ArraySlice<Unicode.Scalar>
    var conversion: Unicode.Scalar?
    var specification: ArraySlice<Unicode.Scalar> = []

    /// Reads a field behind its opening brace, and the closing brace.
    init(_ rest: inout ArraySlice<Unicode.Scalar>) throws {
        let start = rest.startIndex
        let end = try Self.endOfName(&rest)
        name = rest[start..<end]
        var mark = rest[end]
        rest = rest[(end + 1)...]
        if mark == "!" {
            guard let letter = rest.popFirst() else {
                throw EvaluationError.value("end of string while looking for conversion specifier")
            }
            conversion = letter
            guard let following = rest.popFirst() else { throw EvaluationError.value("unmatched '{' in format spec") }
            mark = following
            guard mark == ":" || mark == "}" else {
                throw EvaluationError.value("expected ':' after conversion specifier")
            }
        }
        if mark == ":" { try readSpecification(&rest) }
    }

    /// The place of the first `}`, `:` or `!` that is not inside brackets.
    private static func endOfName(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> Int {
        var index = rest.startIndex
        while index < rest.endIndex {
            switch rest[index] {
            case "{": throw EvaluationError.value("unexpected '{' in field name")
            case "}", ":", "!": return index
            case "[": index = rest[index...].firstIndex(of: "]") ?? rest.endIndex
            default: break
            }
            index += 1
        }
        throw EvaluationError.value("expected '}' before end of string")
    }

    private mutating func readSpecification(_ rest: inout ArraySlice<Unicode.Scalar>) throws {
        let whole = rest
        var nesting = 1
        while let scalar = rest.popFirst() {
            if scalar == "{" { nesting += 1 }
            if scalar == "}" { nesting -= 1 }
            if nesting == 0 {
                specification = whole[..<(rest.startIndex - 1)]
                return
            }
        }
        throw EvaluationError.value("unmatched '{' in format spec")
    }
}

extension Value {
    /// `{0.name}`: an attribute alone; unlike an expression of a template a format does not look at items.
    fileprivate func formatAttribute(_ name: String) throws -> Value {
        if case .undefined(let undefined) = self {
            guard undefined.behavior == .chainable else { throw undefined.error }
            return self
        }
        if let attribute = try ownAttribute(name) { return attribute }
        throw EvaluationError.type("'\(typeName)' object has no attribute \(PythonText.quoted(name))")
    }

    /// `{0[key]}`: the item of a number or text.
    fileprivate func formatItem(_ text: String) throws -> Value {
        let isIndex = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let key = isIndex ? Int(text).map { Value.int($0) } ?? .string(text) : .string(text)
        switch self {
        case .undefined(let undefined):
            guard undefined.behavior == .chainable else { throw undefined.error }
            return self
        case .list, .tuple, .string, .markup:
            guard isIndex else {
                throw EvaluationError.type("\(typeName) indices must be integers or slices, not 'str'")
            }
        case .object(let object) where object is NamespaceObject:
            // Jinja looks for attributes where there is no item; `format` is Python's own and does not.
            throw EvaluationError.type("'\(typeName)' object is not subscriptable")
        default: break
        }
        if let item = try subscripted(by: key) { return item }
        if isIndex, case .dict = self { throw EvaluationError.value(text) }
        throw EvaluationError.value(isIndex ? "\(typeName) index out of range" : "no key \(PythonText.quoted(text))")
    }
}
