/// A macro with the variables around its definition.
final class MacroObject: TracedObject {
    private let macro: Macro
    private let frame: Frame

    init(_ macro: Ref<Macro>, _ frame: Frame) {
        self.macro = frame.template.tree.macros[macro]
        self.frame = frame
        frame.state.retain(frame)
    }

    private var name: String? { macro.name.map { frame.template.tree.text($0) } }
    /// What one takes until the end of the render, roughly, in bytes.
    static let cost = 128

    var typeName: String { "Macro" }
    var isCallable: Bool { true }
    var traceName: String { name.map { "macro `\($0)`" } ?? "the `call` block" }
    private var displayName: String { name.map { "'\($0)'" } ?? "None" }

    func printed() throws -> String { name.map { "<Macro '\($0)'>" } ?? "<Macro anonymous>" }

    func attribute(_ attribute: String) throws -> Value? {
        switch attribute {
        case "name": name.map { .string($0) } ?? Value.none
        case "arguments":
            .tuple(frame.template.tree.parameters[macro.parameters].map { .string(frame.template.tree.text($0.name)) })
        case "catch_kwargs": .bool(macro.keywordSlot >= 0)
        case "catch_varargs": .bool(macro.variadicSlot >= 0)
        case "caller": .bool(macro.callerSlot >= 0)
        default: nil
        }
    }

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        let inner = makeFrame()
        let callerMode = state.escape
        let text = try state.capture { try run(inner) { try self.bind(arguments, inner) } }
        return callerMode == .none ? .string(text) : .markup(text)
    }

    func print(_ arguments: CallArguments, in state: RenderState) throws {
        let inner = makeFrame()
        try run(inner) { try self.bind(arguments, inner) }
    }

    /// The variables of a call.
    func makeFrame() -> Frame {
        Frame(macro.function, frame.template, parent: frame, context: frame.context, state: frame.state)
    }

    /// Prints the body, once its parameters have been set.
    func run(_ inner: Frame, bind: () throws -> Void = {}) throws {
        try frame.state.nested(macro.function.weight) {
            try bind()
            inner.enter(macro.function.entry)
            try fillDefaults(inner)
            _ = try inner.execute(macro.body)
        }
    }

    /// The text that the body prints.
    func captured(_ inner: Frame) throws -> Value {
        let callerMode = frame.state.escape
        let text = try frame.state.capture { try run(inner) }
        return callerMode == .none ? .string(text) : .markup(text)
    }

    // MARK: - Arguments that fit one by one

    /// Whether every argument belongs to a parameter of its own and no others are asked for, so that the values can
    /// go straight to their slots.
    func takes(_ list: ArgumentList, of caller: Frame) -> Bool {
        guard !list.isSpread, macro.callerSlot < 0, macro.keywordSlot < 0, macro.variadicSlot < 0,
            list.positional.count <= macro.parameters.count
        else { return false }
        if list.named.isEmpty { return true }
        var last = Int(list.positional.count) - 1
        for index in list.named.indices {
            // In the order of the parameters, so that none is given twice.
            guard let position = position(of: caller.template.tree.namedArguments[index].name, caller),
                position > last
            else { return false }
            last = position
        }
        return true
    }

    private func position(of word: Word, _ caller: Frame) -> Int? {
        let name = caller.template.tree.names[word.name]
        let start = macro.parameters.indices.lowerBound
        for index in macro.parameters.indices {
            let parameter = frame.template.tree.names[frame.template.tree.parameters[index].name.name]
            if parameter.hash == name.hash, Text.isSame(parameter.text, name.text) { return index - start }
        }
        return nil
    }

    /// Evaluates arguments that fit into the slots of their parameters.
    func assign(_ list: ArgumentList, of caller: Frame, to inner: Frame) throws {
        let start = macro.parameters.indices.lowerBound
        for (position, index) in list.positional.indices.enumerated() {
            inner[frame.template.tree.parameters[start + position].slot] = try caller.evaluate(
                caller.template.tree.expressionLists[index])
        }
        for index in list.named.indices {
            let argument = caller.template.tree.namedArguments[index]
            guard let position = position(of: argument.name, caller) else { continue }
            inner[frame.template.tree.parameters[start + position].slot] = try caller.evaluate(argument.value)
        }
    }

    // MARK: - Arguments in general

    private func bind(_ arguments: CallArguments, _ inner: Frame) throws {
        var named = arguments.named
        func take(_ name: String) -> Value? {
            named.firstIndex { $0.name == name }.map { named.remove(at: $0).value }
        }
        let parameters = frame.template.tree.parameters[macro.parameters]
        let positional = arguments.positional
        var hasCaller =
            positional.count >= parameters.count && parameters.contains { $0.name.name == NameID(.caller) }
        for (index, parameter) in parameters.enumerated() {
            if index < positional.count {
                inner[parameter.slot] = positional[index]
            } else {
                inner[parameter.slot] = take(frame.template.tree.text(parameter.name))
                if parameter.name.name == NameID(.caller) { hasCaller = true }
            }
        }
        if macro.callerSlot >= 0, !hasCaller {
            inner[macro.callerSlot] = take("caller") ?? inner.state.undefined("caller", hint: "No caller defined")
        }
        if macro.keywordSlot >= 0 {
            inner[macro.keywordSlot] = .dict(named.map { ($0.name, $0.value) })
        } else if let first = named.first {
            throw EvaluationError.type("macro \(displayName) takes no keyword argument '\(first.name)'")
        }
        if macro.variadicSlot >= 0 {
            inner[macro.variadicSlot] = .tuple(positional.dropFirst(parameters.count))
        } else if positional.count > parameters.count {
            throw EvaluationError.type(
                "macro \(displayName) takes not more than \(parameters.count) argument(s)")
        }
    }

    private func fillDefaults(_ inner: Frame) throws {
        for index in macro.parameters.indices {
            let parameter = inner.template.tree.parameters[index]
            guard inner[parameter.slot] == nil else { continue }
            if parameter.defaultValue.exists {
                inner[parameter.slot] = try inner.evaluate(parameter.defaultValue)
            } else {
                let name = inner.template.tree.text(parameter.name)
                inner[parameter.slot] = inner.state.undefined(name, hint: "parameter '\(name)' was not provided")
            }
        }
    }
}
