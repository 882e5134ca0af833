/// The methods of texts. Methods of safe text answer with safe text and escape their arguments.
enum TextMethods {
    static let names: Set<String> = [
        "capitalize", "casefold", "center", "count", "endswith", "expandtabs", "find", "format",
        "format_map", "index",
        "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric",
        "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip", "partition",
        "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit",
        "rstrip",
        "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
        "striptags", "unescape",
    ]

    static func contains(_ name: String) -> Bool { names.contains(name) }

    static func call(
        _ name: String, _ text: String, _ arguments: CallArguments, isMarkup: Bool, _ state: RenderState
    ) throws -> Value {
        let call = Call(name: name, text: text, arguments: arguments, isMarkup: isMarkup, state: state)
        try state.charge(bytes: text.utf8.count)
        if let simple = try simple(call) { return simple }
        if let answer = try call.predicate() { return .bool(answer) }
        if let result = try call.searching() { return result }
        return try call.building()
    }

    private static func simple(_ call: Call) throws -> Value? {
        let result: String
        switch call.name {
        case "upper": result = Text.uppercased(call.text)
        case "lower": result = Text.lowercased(call.text)
        case "capitalize": result = Text.capitalized(call.text)
        case "title": result = Text.titled(call.text)
        case "swapcase": result = Text.swappedCase(call.text)
        case "casefold": result = Text.caseFolded(call.text)
        default: return nil
        }
        _ = try call.bind([])
        return call.wrap(result)
    }

    /// One call of a method.
    struct Call {
        let name: String
        let text: String
        let arguments: CallArguments
        let isMarkup: Bool
        let state: RenderState

        func bind(_ parameters: [Signature.Parameter]) throws -> Arguments {
            try Methods.bind(Signature(parameters), arguments, name, state)
        }

        func wrap(_ text: String) -> Value { isMarkup ? .markup(text) : .string(text) }

        /// A text argument.
        func text(_ value: Value) throws -> String {
            if let text = value.stringValue { return text }
            if case .undefined(let undefined) = value { throw undefined.error }
            throw EvaluationError.type("method `\(name)` needs a text, not '\(value.typeName)'")
        }

        /// A text argument that becomes part of the result, escaped for a method of safe text.
        func inserted(_ value: Value) throws -> String {
            isMarkup ? try HTML.escaped(value) : try text(value)
        }
    }
}
