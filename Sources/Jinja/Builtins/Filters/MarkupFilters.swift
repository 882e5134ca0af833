/// Filters about HTML.
enum MarkupFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("escape", function: escape),
        FilterDefinition("e", function: escape),
        FilterDefinition("forceescape") { value, _ in .markup(HTML.escaped(try value.printed())) },
        FilterDefinition("safe") { value, _ in .markup(try value.printed()) },
        FilterDefinition("striptags") { value, _ in .string(HTML.strippedOfTags(try value.printed())) },
        FilterDefinition("xmlattr", [.optional("autospace", true)], function: xmlattr),
        FilterDefinition(
            "urlize",
            [
                .optional("trim_url_limit"), .optional("nofollow", false), .optional("target"),
                .optional("rel"),
                .optional("extra_schemes"),
            ], function: urlize),
    ]

    private static func escape(_ value: Value, _ arguments: Arguments) throws -> Value {
        .markup(try HTML.escaped(value))
    }

    private static func xmlattr(_ value: Value, _ arguments: Arguments) throws -> Value {
        guard case .dict(let mapping) = value else {
            if case .undefined(let undefined) = value { throw undefined.error }
            throw EvaluationError.type("`xmlattr` needs a mapping, not '\(value.typeName)'")
        }
        var parts: [String] = []
        for (key, value) in zip(mapping.keys, mapping.values) where !value.isNone && !value.isUndefined {
            guard let name = key.stringValue else {
                throw EvaluationError.type("expected string or bytes-like object, got '\(key.typeName)'")
            }
            if name.unicodeScalars.contains(where: {
                "/>= ".unicodeScalars.contains($0) || (0x09...0x0D).contains($0.value)
            }) {
                throw EvaluationError.value(
                    "Invalid character in attribute name: \(PythonText.quoted(name))")
            }
            parts.append("\(try HTML.escaped(key))=\"\(try HTML.escaped(value))\"")
        }
        var result = parts.joined(separator: " ")
        if try arguments.flag(0), !result.isEmpty { result = " " + result }
        return arguments.state.escape == .none ? .string(result) : .markup(result)
    }

    private static func urlize(_ value: Value, _ arguments: Arguments) throws -> Value {
        var relations = Set(
            try arguments.flag(3) ? Text.words(try arguments.text(3)) : [])
        if try arguments.flag(1) { relations.insert("nofollow") }
        relations.insert("noopener")
        let schemes = try arguments.optional(4)?.elements().map { try $0.printed() } ?? []
        for scheme in schemes where !WebAddress.isScheme(scheme) {
            throw EvaluationError.value("\(PythonText.quoted(scheme)) is not a valid URI scheme prefix.")
        }
        let urlizer = Urlizer(
            limit: try arguments.optionalInteger(0), relation: relations.sorted().joined(separator: " "),
            target: try arguments.flag(2) ? try arguments[2].printed() : nil, schemes: schemes)
        let result = urlizer.urlize(try HTML.escaped(value))
        return arguments.state.escape == .none ? .string(result) : .markup(result)
    }
}
