extension Options {
    /// Jinja2's defaults, changed by plain data under the names of `jinja2.Environment`: `trim_blocks`,
    /// `lstrip_blocks`, `keep_trailing_newline`, `newline_sequence`, the delimiters (`block_start_string` …), the
    /// prefixes of lines; and `undefined`, `autoescape` and `strict_compilation` with the names used here.
    /// - Throws: `EvaluationError` for an option that does not exist or a value that it does not take.
    public init(fields: DictValue) throws {
        self.init()
        for (key, value) in zip(fields.keys, fields.values) {
            let name = key.stringValue ?? ""
            if let path = Self.flags[name] {
                self[keyPath: path] = try Self.flag(value, name)
            } else if let path = Self.texts[name] {
                self[keyPath: path] = try Self.text(value, name)
            } else if let path = Self.prefixes[name] {
                self[keyPath: path] = value.isNone ? nil : try Self.text(value, name)
            } else if name == "undefined" {
                undefined = try Self.choice(value, name)
            } else if name == "autoescape" {
                autoescape = try Self.autoescape(value, name)
            } else {
                throw EvaluationError(
                    .value, "unknown option `\(name)`", suggestion: Suggestions.nearest(name, Self.names))
            }
        }
    }

    private static var flags: [String: WritableKeyPath<Options, Bool>] {
        [
            "trim_blocks": \.trimBlocks, "lstrip_blocks": \.lstripBlocks,
            "keep_trailing_newline": \.keepTrailingNewline, "strict_compilation": \.strictCompilation,
        ]
    }

    private static var texts: [String: WritableKeyPath<Options, String>] {
        [
            "newline_sequence": \.newlineSequence, "block_start_string": \.delimiters.blockStart,
            "block_end_string": \.delimiters.blockEnd, "variable_start_string": \.delimiters.variableStart,
            "variable_end_string": \.delimiters.variableEnd, "comment_start_string": \.delimiters.commentStart,
            "comment_end_string": \.delimiters.commentEnd,
        ]
    }

    private static var prefixes: [String: WritableKeyPath<Options, String?>] {
        [
            "line_statement_prefix": \.delimiters.lineStatementPrefix,
            "line_comment_prefix": \.delimiters.lineCommentPrefix,
        ]
    }

    private static var names: [String] {
        (Array(flags.keys) + Array(texts.keys) + Array(prefixes.keys) + ["undefined", "autoescape"]).sorted()
    }

    private static func flag(_ value: Value, _ name: String) throws -> Bool {
        guard case .bool(let flag) = value else { throw EvaluationError.value("`\(name)` is true or false") }
        return flag
    }

    private static func text(_ value: Value, _ name: String) throws -> String {
        guard case .string(let text) = value else { throw EvaluationError.value("`\(name)` is a text") }
        return text
    }

    /// One of the modes; Jinja2's truth values mean HTML or none.
    private static func autoescape(_ value: Value, _ name: String) throws -> EscapeMode {
        if case .bool(let escapes) = value { return escapes ? .html : .none }
        return try choice(value, name)
    }

    private static func choice<Choice>(_ value: Value, _ name: String) throws -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        if let choice = value.stringValue.flatMap({ Choice(rawValue: $0) }) { return choice }
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw EvaluationError.value("`\(name)` is one of \(names)")
    }
}
