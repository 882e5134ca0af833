/// Filters that take sequences apart or put them in order.
enum SequenceFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("length") { value, _ in .int(try value.length()) },
        FilterDefinition("count") { value, _ in .int(try value.length()) },
        FilterDefinition("list") { value, arguments in
            let items = try value.elements()
            try arguments.state.charge(items: items.count)
            return .list(ListValue(items))
        },
        FilterDefinition("first", function: first),
        FilterDefinition("last", function: last),
        FilterDefinition("random", function: random),
        FilterDefinition("reverse", function: reverse),
        FilterDefinition("join", [.optional("d", ""), .optional("attribute")], function: join),
        FilterDefinition("batch", [.required("linecount"), .optional("fill_with")], function: batch),
        FilterDefinition("slice", [.required("slices"), .optional("fill_with")], function: slice),
        FilterDefinition("items", function: items),
        FilterDefinition(
            "sort",
            [.optional("reverse", false), .optional("case_sensitive", false), .optional("attribute")],
            function: sort),
        FilterDefinition(
            "dictsort",
            [.optional("case_sensitive", false), .optional("by", "key"), .optional("reverse", false)],
            function: dictsort),
        FilterDefinition(
            "unique", [.optional("case_sensitive", false), .optional("attribute")], function: unique),
    ]

    private static func first(_ value: Value, _ arguments: Arguments) throws -> Value {
        if case .object(let generator as GeneratorObject) = value, let item = try generator.next() {
            return item
        }
        return try value.elements().first
            ?? arguments.state.undefined(hint: "No first item, sequence was empty.")
    }

    private static func last(_ value: Value, _ arguments: Arguments) throws -> Value {
        if case .object(let object) = value, object is GeneratorObject {
            throw EvaluationError.type("'generator' object is not reversible")
        }
        return try value.elements().last
            ?? arguments.state.undefined(hint: "No last item, sequence was empty.")
    }

    /// The first element: a template always prints the same, so nothing is left to chance.
    private static func random(_ value: Value, _ arguments: Arguments) throws -> Value {
        if case .dict(let mapping) = value, mapping.count > 0 {
            throw EvaluationError.type("`random` needs a sequence, not a mapping")
        }
        return try value.elements().first
            ?? arguments.state.undefined(hint: "No random item, sequence was empty.")
    }

    private static func reverse(_ value: Value, _ arguments: Arguments) throws -> Value {
        switch value {
        case .string(let text): return .string(Text.string(text.unicodeScalars.reversed()))
        case .markup(let text): return .markup(Text.string(text.unicodeScalars.reversed()))
        default:
            let items = try value.elements("argument must be iterable")
            return .object(GeneratorObject("reversed") { ContiguousArray(items.reversed()) })
        }
    }

    private static func join(_ value: Value, _ arguments: Arguments) throws -> Value {
        var items = try value.elements()
        if let attribute = arguments.optional(1) {
            let path = AttributePath(attribute, arguments.state)
            items = ContiguousArray(try items.map { try path.value(of: $0) })
        }
        let separator = arguments[0]
        let isSafe =
            arguments.state.escape == .html && (separator.isMarkup || items.contains(where: \.isMarkup))
        let glue = isSafe ? try HTML.escaped(separator) : try separator.printed()
        var result = ""
        for (index, item) in items.enumerated() {
            let text = isSafe ? try HTML.escaped(item) : try item.printed()
            try arguments.state.charge(bytes: text.utf8.count + glue.utf8.count)
            if index > 0 { result += glue }
            result += text
        }
        return isSafe ? .markup(result) : .string(result)
    }

    private static func batch(_ value: Value, _ arguments: Arguments) throws -> Value {
        // Python compares the length of a row with whatever was given; only filling up needs an integer.
        if case .undefined(let undefined) = arguments[0] { try undefined.requireLenient() }
        let limit = arguments[0]
        let size = limit.number?.doubleValue
        let fill = arguments.optional(1)
        let items = try value.elements()
        try arguments.state.requireLength(items.count)
        if fill != nil, let size = limit.integerValue, size > 0 { try arguments.state.requireLength(size) }
        return .object(
            GeneratorObject("batch") {
                var result: ContiguousArray<Value> = []
                var row: ContiguousArray<Value> = []
                for item in items {
                    if let size, Double(row.count) == size {
                        result.append(.list(ListValue(row)))
                        row = []
                    }
                    row.append(item)
                }
                if !row.isEmpty {
                    let isFull = size.map { Double(row.count) >= $0 } ?? false
                    if let fill, !isFull {
                        guard let size = limit.integerValue else {
                            throw EvaluationError.type("`linecount` has to be an integer, not '\(limit.typeName)'")
                        }
                        row += ContiguousArray(repeating: fill, count: size - row.count)
                    }
                    result.append(.list(ListValue(row)))
                }
                return result
            })
    }

    private static func slice(_ value: Value, _ arguments: Arguments) throws -> Value {
        let slices = try arguments.integer(0)
        let fill = arguments.optional(1)
        let items = try value.elements()
        guard slices != 0 else { throw EvaluationError.value("integer division or modulo by zero") }
        try arguments.state.requireLength(max(0, slices))
        return .object(
            GeneratorObject("slice") {
                guard slices > 0 else { return [] }
                let size = items.count / slices
                let extra = items.count % slices
                var start = 0
                return ContiguousArray(
                    (0..<slices).map { number in
                        let end = start + size + (number < extra ? 1 : 0)
                        var row = ContiguousArray(items[start..<end])
                        start = end
                        if let fill, number >= extra { row.append(fill) }
                        return .list(ListValue(row))
                    })
            })
    }

    private static func items(_ value: Value, _ arguments: Arguments) throws -> Value {
        switch value {
        case .undefined: return .object(GeneratorObject("items") { [] })
        case .dict(let mapping): return .object(GeneratorObject("items") { mapping.entries })
        default:
            return .object(
                GeneratorObject("items") { throw EvaluationError.type("Can only get item pairs from a mapping.") })
        }
    }

    private static func sort(_ value: Value, _ arguments: Arguments) throws -> Value {
        let isCaseSensitive = try arguments.flag(1)
        let attribute = arguments[2]
        let paths: [AttributePath]
        if let names = attribute.stringValue {
            paths = Text.split(names, at: ",").map { AttributePath(.string($0), arguments.state) }
        } else {
            paths = [AttributePath(attribute, arguments.state)]
        }
        let items = try value.elements()
        try arguments.state.charge(items: items.count)
        let sorted = try Sorting.sorted(items, reverse: arguments.integer(0) != 0) { item in
            let keys = try paths.map { path in
                let key = try path.value(of: item)
                return isCaseSensitive ? key : key.ignoringCase
            }
            // Lists compare equal elements without asking which is less, so that undefined keys can be sorted.
            return keys.count == 1 && (keys[0].number != nil || keys[0].stringValue != nil) ? keys[0] : .list(keys)
        }
        return .list(ListValue(sorted))
    }

    private static func dictsort(_ value: Value, _ arguments: Arguments) throws -> Value {
        guard case .dict(let mapping) = value else {
            if case .undefined(let undefined) = value { throw undefined.error }
            throw EvaluationError.type("`dictsort` needs a mapping, not '\(value.typeName)'")
        }
        let by = try arguments.text(1)
        guard by == "key" || by == "value" else {
            throw EvaluationError.value("You can only sort by either \"key\" or \"value\"")
        }
        let isCaseSensitive = try arguments.flag(0)
        let sorted = try Sorting.sorted(mapping.entries, reverse: arguments.integer(2) != 0) { entry in
            let key = try entry.elements()[by == "key" ? 0 : 1]
            return isCaseSensitive ? key : key.ignoringCase
        }
        return .list(ListValue(sorted))
    }

    private static func unique(_ value: Value, _ arguments: Arguments) throws -> Value {
        let isCaseSensitive = try arguments.flag(0)
        let path = AttributePath(arguments[1], arguments.state)
        let items = try value.elements()
        return .object(
            GeneratorObject("unique") {
                var seen: Set<HashableValue> = []
                return try items.filter { item in
                    let key = try path.value(of: item)
                    try key.requireHashable()
                    return seen.insert(HashableValue(isCaseSensitive ? key : key.ignoringCase)).inserted
                }
            })
    }
}
