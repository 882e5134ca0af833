/// Filters that work on text.
enum TextFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("upper") { value, _ in try value.mapText(Text.uppercased) },
        FilterDefinition("lower") { value, _ in try value.mapText(Text.lowercased) },
        FilterDefinition("capitalize") { value, _ in try value.mapText(Text.capitalized) },
        // Jinja2 puts the words together again as plain text.
        FilterDefinition("title") { value, _ in .string(title(try value.printed())) },
        FilterDefinition("trim", [.optional("chars")]) { value, arguments in
            let characters = try arguments.optional(0).map { _ in try arguments.text(0) }
            return try value.mapText { Text.stripped($0, characters) }
        },
        FilterDefinition("center", [.optional("width", 80)]) { value, arguments in
            let width = try arguments.integer(0)
            return try value.mapText { try Text.centered($0, width, state: arguments.state) }
        },
        FilterDefinition("string") { value, _ in value.isMarkup ? value : .string(try value.printed())
        },
        FilterDefinition("wordcount") { value, _ in .int(wordCount(try value.printed())) },
        FilterDefinition(
            "replace", [.required("old"), .required("new"), .optional("count")], function: replace),
        FilterDefinition(
            "indent", [.optional("width", 4), .optional("first", false), .optional("blank", false)],
            function: indent),
        FilterDefinition(
            "truncate",
            [
                .optional("length", 255), .optional("killwords", false), .optional("end", "..."),
                .optional("leeway"),
            ],
            function: truncate),
        FilterDefinition(
            "wordwrap",
            [
                .optional("width", 79), .optional("break_long_words", true), .optional("wrapstring"),
                .optional("break_on_hyphens", true),
            ], function: wordwrap),
        FilterDefinition("format", Signature(acceptsRest: true, acceptsNamed: true), function: format),
        FilterDefinition("urlencode") { value, arguments in .string(try URLEncoding.encode(value)) },
    ]

    private static func title(_ text: String) -> String {
        var result = ""
        var startsWord = true
        for scalar in text.unicodeScalars {
            if scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
                startsWord = true
            } else {
                result +=
                    startsWord ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
                startsWord = false
            }
        }
        return result
    }

    private static func wordCount(_ text: String) -> Int {
        var count = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            if scalar.isWord, !isInside { count += 1 }
            isInside = scalar.isWord
        }
        return count
    }

    private static func replace(_ value: Value, _ arguments: Arguments) throws -> Value {
        let limit = try arguments.optionalInteger(2) ?? -1
        let state = arguments.state
        guard state.escape == .html else {
            return .string(
                try Text.replacing(
                    try arguments[0].printed(), with: try arguments[1].printed(), in: try value.printed(),
                    limit: limit, state: state))
        }
        // Safe text stays safe: what goes into it is escaped.
        guard arguments[0].isMarkup || arguments[1].isMarkup || value.isMarkup else {
            return .string(
                try Text.replacing(
                    try arguments[0].printed(), with: try arguments[1].printed(), in: try value.printed(),
                    limit: limit, state: state))
        }
        return .markup(
            try Text.replacing(
                try arguments[0].printed(), with: try HTML.escaped(arguments[1]),
                in: try HTML.escaped(value),
                limit: limit, state: state))
    }

    private static func indent(_ value: Value, _ arguments: Arguments) throws -> Value {
        let text = try value.requireText("indent")
        let prefix: String
        if let width = arguments[0].stringValue {
            prefix = width
        } else {
            let width = max(0, try arguments.integer(0))
            try arguments.state.charge(bytes: width)
            prefix = String(repeating: " ", count: width)
        }
        let indentsBlank = try arguments.flag(2)
        let lines = Text.lines(text + "\n")
        try arguments.state.charge(repeating: prefix.utf8.count + 1, times: lines.count)
        try arguments.state.charge(bytes: text.utf8.count)
        let indented = lines.enumerated().map { index, line in
            index == 0 || (line.isEmpty && !indentsBlank) ? line : prefix + line
        }
        let result = (try arguments.flag(1) ? prefix : "") + indented.joined(separator: "\n")
        return value.isMarkup ? .markup(result) : .string(result)
    }

    private static func truncate(_ value: Value, _ arguments: Arguments) throws -> Value {
        let length = try arguments.integer(0)
        let endLength = try arguments[2].length()
        let leeway = try arguments.optionalInteger(3) ?? 5
        guard length >= endLength else {
            throw EvaluationError.value("expected length >= \(endLength), got \(length)")
        }
        guard leeway >= 0 else { throw EvaluationError.value("expected leeway >= 0, got \(leeway)") }
        let (limit, overflowed) = length.addingReportingOverflow(leeway)
        if try overflowed || value.length() <= limit { return value }
        let scalars = Text.scalars(try value.requireText("truncate"))
        var cut = Array(scalars.prefix(length - endLength))
        if try !arguments.flag(1), let space = cut.lastIndex(of: " ") { cut = Array(cut[..<space]) }
        let result = Text.string(cut) + (try arguments.text(2))
        return value.isMarkup
            ? .markup(Text.string(cut) + (try HTML.escaped(arguments[2]))) : .string(result)
    }

    private static func wordwrap(_ value: Value, _ arguments: Arguments) throws -> Value {
        let text = try value.requireText("wordwrap")
        let width = try arguments.integer(0)
        guard width > 0 else { throw EvaluationError.value("invalid width \(width) (must be > 0)") }
        let newline = arguments.state.environment.options.newlineSequence
        let separator = try arguments.optional(2).map { _ in try arguments.text(2) } ?? newline
        let wrapper = WordWrapper(
            width: width, breaksLongWords: try arguments.flag(1), breaksOnHyphens: try arguments.flag(3))
        try arguments.state.charge(repeating: separator.utf8.count + 1, times: text.utf8.count)
        let lines = Text.lines(text).map { wrapper.wrap($0).joined(separator: separator) }
        return .string(lines.joined(separator: separator))
    }

    private static func format(_ value: Value, _ arguments: Arguments) throws -> Value {
        guard arguments.rest.isEmpty || arguments.named.isEmpty else {
            throw EvaluationError.value("can't handle positional and keyword arguments at the same time")
        }
        let text = value.isMarkup ? value : .string(try value.printed())
        let values: Value =
            arguments.named.isEmpty
            ? .tuple(TupleValue(arguments.rest)) : .dict(arguments.named.map { ($0.name, $0.value) })
        return try PercentFormat.apply(text, values, in: arguments.state)
    }
}

extension Value {
    /// The text that a filter works on; other values are an error, as they are for Jinja2.
    func requireText(_ filter: String) throws -> String {
        if let text = stringValue { return text }
        if case .undefined(let undefined) = self { throw undefined.error }
        throw EvaluationError.type("filter `\(filter)` needs a text, not '\(typeName)'")
    }

    /// Changes a text and keeps whether it is safe.
    func mapText(_ change: (String) throws -> String) throws -> Value {
        if case .markup(let text) = self { return .markup(try change(text)) }
        return .string(try change(try printed()))
    }
}
