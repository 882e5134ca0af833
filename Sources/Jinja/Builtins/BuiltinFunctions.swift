/// Jinja2's global functions.
enum BuiltinFunctions {
    private static let anything = Signature(acceptsRest: true, acceptsNamed: true)

    static let all: [FunctionDefinition] = [
        FunctionDefinition(
            name: "range",
            signature: Signature([.required("start"), .optional("stop"), .optional("step", 1)]),
            function: range),
        FunctionDefinition(name: "dict", signature: anything) { arguments in
            .dict(
                try DictMethods.build(
                    CallArguments(arguments.rest, named: arguments.named), "dict", arguments.state))
        },
        FunctionDefinition(name: "namespace", signature: anything) { arguments in
            .object(
                NamespaceObject(
                    try DictMethods.build(
                        CallArguments(arguments.rest, named: arguments.named), "namespace", arguments.state)))
        },
        FunctionDefinition(name: "cycler", signature: Signature(acceptsRest: true)) { arguments in
            guard !arguments.rest.isEmpty else {
                throw EvaluationError(.runtime, "at least one item has to be provided")
            }
            return .object(CyclerObject(arguments.rest))
        },
        FunctionDefinition(name: "joiner", signature: Signature([.optional("sep", ", ")])) {
            arguments in
            .object(JoinerObject(arguments[0]))
        },
        FunctionDefinition(
            name: "lipsum",
            signature: Signature([
                .optional("n", 5), .optional("html", true), .optional("min", 20), .optional("max", 100),
            ]), function: lipsum),
    ]

    private static func range(_ arguments: Arguments) throws -> Value {
        let first = try arguments.integer(0)
        let stop = try arguments.optionalInteger(1)
        let step = try arguments.integer(2)
        guard step != 0 else { throw EvaluationError.value("range() arg 3 must not be zero") }
        let range = RangeObject(start: stop == nil ? 0 : first, stop: stop ?? first, step: step)
        try arguments.state.requireLength(range.count ?? 0)
        return .object(range)
    }

    /// Blind text. Unlike Jinja2's it is the same every time: a template always prints the same.
    private static func lipsum(_ arguments: Arguments) throws -> Value {
        let count = try arguments.integer(0)
        let shortest = try arguments.integer(2)
        let longest = try arguments.integer(3)
        guard shortest < longest else { throw EvaluationError.value("empty range for lipsum") }
        try arguments.state.requireLength(max(0, count))
        try arguments.state.requireLength(max(0, longest))
        try arguments.state.charge(repeating: max(0, longest) * 8, times: max(0, count))
        var generator = BlindText()
        let paragraphs = (0..<max(0, count)).map { _ in generator.paragraph(words: shortest..<longest) }
        guard try arguments.flag(1) else { return .string(paragraphs.joined(separator: "\n\n")) }
        return .markup(paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n"))
    }
}

/// Sentences of Latin words from a fixed sequence of pseudo-random numbers.
private struct BlindText {
    private var seed: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static let words = [
        "lorem", "ipsum", "dolor", "sit", "amet", "consectetuer", "adipiscing", "elit", "sed", "diam",
        "nonummy",
        "nibh", "euismod", "tincidunt", "laoreet", "magna", "aliquam", "erat", "volutpat", "wisi",
        "enim", "minim",
        "veniam", "quis", "nostrud", "exerci", "tation", "ullamcorper", "suscipit", "lobortis", "nisl",
        "aliquip",
    ]

    private mutating func number(below limit: Int) -> Int {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(seed >> 33) % max(1, limit)
    }

    mutating func paragraph(words range: Range<Int>) -> String {
        let count = max(0, range.lowerBound + number(below: range.count))
        var parts: [String] = []
        var isSentenceStart = true
        for index in 0..<count {
            var word = Self.words[number(below: Self.words.count)]
            if isSentenceStart { word = Text.capitalized(word) }
            isSentenceStart = index == count - 1 || number(below: 12) == 0
            if isSentenceStart { word += "." } else if number(below: 8) == 0 { word += "," }
            parts.append(word)
        }
        return parts.joined(separator: " ")
    }
}
