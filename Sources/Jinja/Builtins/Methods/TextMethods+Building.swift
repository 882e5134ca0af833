/// Methods that make a new text or take one apart.
extension TextMethods.Call {
    func building() throws -> Value {
        switch name {
        case "strip", "lstrip", "rstrip":
            let characters = try bind([.optional("chars")]).optional(0).map { try text($0) }
            return wrap(Text.stripped(text, characters, left: name != "rstrip", right: name != "lstrip"))
        case "split", "rsplit": return try split()
        case "splitlines":
            let keepEnds = try bind([.optional("keepends", false)]).integer(0) != 0
            return .list(Text.lines(text, keepEnds: keepEnds).map { wrap($0) })
        case "join": return try join()
        case "replace":
            let bound = try bind([.required("old"), .required("new"), .optional("count", -1)])
            return wrap(
                try Text.replacing(
                    try text(bound[0]), with: try inserted(bound[1]), in: text, limit: try bound.integer(2),
                    state: state))
        case "center", "ljust", "rjust": return try justify()
        case "zfill": return try zeroFill()
        case "expandtabs": return try expandTabs()
        case "removeprefix", "removesuffix": return try removeAffix()
        case "partition", "rpartition": return try partition()
        case "format":
            return wrap(try BraceFormat.format(text, arguments, escapes: isMarkup, in: state))
        case "format_map":
            guard case .dict(let mapping) = try bind([.required("mapping")])[0] else {
                throw EvaluationError.type("format_map() argument must be a mapping")
            }
            let named = zip(mapping.keys, mapping.values).compactMap { key, value in
                key.stringValue.map { (name: $0, value: value) }
            }
            return wrap(
                try BraceFormat.format(text, CallArguments([], named: named), escapes: isMarkup, in: state))
        case "striptags": return .string(HTML.strippedOfTags(text))
        default: return .string(HTMLEntities.unescape(text))
        }
    }

    private func split() throws -> Value {
        let bound = try bind([.optional("sep"), .optional("maxsplit", -1)])
        let limit = try bound.integer(1)
        let isRight = name == "rsplit"
        let parts: [String]
        if let separator = try bound.optional(0).map({ try text($0) }) {
            guard !separator.isEmpty else { throw EvaluationError.value("empty separator") }
            parts =
                isRight
                ? Text.splitFromRight(text, at: separator, limit: limit)
                : Text.split(text, at: separator, limit: limit)
        } else {
            parts = isRight ? Text.wordsFromRight(text, limit: limit) : Text.words(text, limit: limit)
        }
        try state.charge(items: parts.count)
        return .list(parts.map { wrap($0) })
    }

    private func join() throws -> Value {
        let items = try bind([.required("iterable")])[0].elements()
        try state.charge(repeating: text.utf8.count, times: max(0, items.count - 1))
        let parts = try items.enumerated().map { index, item in
            guard item.stringValue != nil || isMarkup else {
                throw EvaluationError.type(
                    "sequence item \(index): expected str instance, \(item.typeName) found")
            }
            return isMarkup ? try HTML.escaped(item) : item.stringValue ?? ""
        }
        try state.charge(bytes: parts.reduce(0) { $0 + $1.utf8.count })
        return wrap(parts.joined(separator: text))
    }

    private func justify() throws -> Value {
        let bound = try bind([.required("width"), .optional("fillchar", " ")])
        let fill = try inserted(bound[1])
        guard Text.length(try text(bound[1])) == 1 else {
            throw EvaluationError.type("the fill character must be exactly one character long")
        }
        let width = try bound.integer(0)
        if name == "center" { return wrap(try Text.centered(text, width, fill, state: state)) }
        let padding = max(0, width - Text.length(text))
        try state.charge(repeating: fill.utf8.count, times: padding)
        let pad = String(repeating: fill, count: padding)
        return wrap(name == "ljust" ? text + pad : pad + text)
    }

    private func zeroFill() throws -> Value {
        let width = try bind([.required("width")]).integer(0)
        let padding = max(0, width - Text.length(text))
        try state.charge(bytes: padding)
        let zeros = String(repeating: "0", count: padding)
        guard let first = text.unicodeScalars.first, first == "-" || first == "+" else {
            return wrap(zeros + text)
        }
        return wrap(String(first) + zeros + String(text.unicodeScalars.dropFirst()))
    }

    private func expandTabs() throws -> Value {
        let size = try bind([.optional("tabsize", 8)]).integer(0)
        var result = ""
        var column = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let spaces = size > 0 ? size - column % size : 0
                try state.charge(bytes: spaces)
                result += String(repeating: " ", count: spaces)
                column += spaces
            } else {
                result.unicodeScalars.append(scalar)
                column = scalar == "\n" || scalar == "\r" ? 0 : column + 1
            }
        }
        return wrap(result)
    }

    private func removeAffix() throws -> Value {
        let affix = Text.scalars(try text(try bind([.required("affix")])[0]))
        let scalars = Text.scalars(text)
        if name == "removeprefix" {
            return wrap(scalars.starts(with: affix) ? Text.string(scalars.dropFirst(affix.count)) : text)
        }
        let hasSuffix =
            !affix.isEmpty && scalars.count >= affix.count
            && scalars.suffix(affix.count).elementsEqual(affix)
        return wrap(hasSuffix ? Text.string(scalars.dropLast(affix.count)) : text)
    }

    private func partition() throws -> Value {
        let separator = try text(try bind([.required("sep")])[0])
        guard !separator.isEmpty else { throw EvaluationError.value("empty separator") }
        let scalars = Text.scalars(text)
        let needle = Text.scalars(separator)
        let isRight = name == "rpartition"
        let found =
            isRight
            ? Text.lastPosition(of: needle, in: scalars)
            : Text.firstRange(of: needle, in: scalars)?.lowerBound
        guard let position = found else {
            return isRight
                ? .tuple([wrap(""), wrap(""), wrap(text)]) : .tuple([wrap(text), wrap(""), wrap("")])
        }
        return .tuple([
            wrap(Text.string(scalars[..<position])), wrap(separator),
            wrap(Text.string(scalars[(position + needle.count)...])),
        ])
    }
}
