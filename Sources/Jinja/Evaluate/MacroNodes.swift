/// The code of a macro or call block.
final class MacroCode: Sendable {
    struct Parameter: Sendable {
        let name: String
        let slot: Int
        let defaultValue: (any ExpressionNode)?
    }

    /// `nil` for a call block.
    let name: String?
    let parameters: [Parameter]
    let callerSlot: Int?
    let variadicSlot: Int?
    let keywordSlot: Int?
    let code: FunctionCode

    init(
        name: String?, parameters: [Parameter], callerSlot: Int?, variadicSlot: Int?, keywordSlot: Int?,
        code: FunctionCode
    ) {
        self.name = name
        self.parameters = parameters
        self.callerSlot = callerSlot
        self.variadicSlot = variadicSlot
        self.keywordSlot = keywordSlot
        self.code = code
    }
}

/// `macro`.
final class MacroNode: StatementNode {
    private let code: MacroCode
    private let target: TargetNode
    let depth = 1

    init(_ code: MacroCode, _ target: TargetNode) {
        self.code = code
        self.target = target
    }

    func execute(_ frame: Frame) throws -> Completion {
        try target.assign(.object(MacroObject(code, frame)), frame)
        return .normal
    }
}

/// `call`: a macro call with the body as its `caller`.
final class CallBlockNode: StatementNode {
    private let code: MacroCode
    private let callerSlot: Int
    private let output: any StatementNode
    let depth: Int

    init(_ code: MacroCode, callerSlot: Int, output: any StatementNode) {
        self.code = code
        self.callerSlot = callerSlot
        self.output = output
        depth = output.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame[callerSlot] = .object(MacroObject(code, frame))
        return try output.execute(frame)
    }
}

/// A macro with the variables around its definition.
final class MacroObject: TracedObject {
    private let code: MacroCode
    private let frame: Frame

    init(_ code: MacroCode, _ frame: Frame) {
        self.code = code
        self.frame = frame
        frame.state.retain(frame)
    }

    var typeName: String { "Macro" }
    var isCallable: Bool { true }
    var traceName: String { code.name.map { "macro `\($0)`" } ?? "the `call` block" }
    private var displayName: String { code.name.map { "'\($0)'" } ?? "None" }

    func printed() throws -> String { code.name.map { "<Macro '\($0)'>" } ?? "<Macro anonymous>" }

    func attribute(_ name: String) throws -> Value? {
        switch name {
        case "name": code.name.map { .string($0) } ?? Value.none
        case "arguments": .tuple(code.parameters.map { .string($0.name) })
        case "catch_kwargs": .bool(code.keywordSlot != nil)
        case "catch_varargs": .bool(code.variadicSlot != nil)
        case "caller": .bool(code.callerSlot != nil)
        default: nil
        }
    }

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        let callerMode = state.escape
        let text = try state.capture { try print(arguments, in: state) }
        return callerMode == .none ? .string(text) : .markup(text)
    }

    func print(_ arguments: CallArguments, in state: RenderState) throws {
        try state.nested(code.code.weight) {
            let inner = Frame(
                code.code, frame.template, parent: frame, context: frame.context, state: state)
            try bind(arguments, inner)
            inner.enter(code.code.entry)
            try fillDefaults(inner)
            _ = try code.code.body.execute(inner)
        }
    }

    private func bind(_ arguments: CallArguments, _ inner: Frame) throws {
        var named = arguments.named
        func take(_ name: String) -> Value? {
            named.firstIndex { $0.name == name }.map { named.remove(at: $0).value }
        }
        let positional = arguments.positional
        var hasCaller =
            positional.count >= code.parameters.count && code.parameters.contains { $0.name == "caller" }
        for (index, parameter) in code.parameters.enumerated() {
            if index < positional.count {
                inner[parameter.slot] = positional[index]
            } else {
                inner[parameter.slot] = take(parameter.name)
                if parameter.name == "caller" { hasCaller = true }
            }
        }
        if let slot = code.callerSlot, !hasCaller {
            inner[slot] = take("caller") ?? inner.state.undefined("caller", hint: "No caller defined")
        }
        if let slot = code.keywordSlot {
            inner[slot] = .dict(named.map { ($0.name, $0.value) })
        } else if let first = named.first {
            throw EvaluationError.type("macro \(displayName) takes no keyword argument '\(first.name)'")
        }
        if let slot = code.variadicSlot {
            inner[slot] = .tuple(positional.dropFirst(code.parameters.count))
        } else if positional.count > code.parameters.count {
            throw EvaluationError.type(
                "macro \(displayName) takes not more than \(code.parameters.count) argument(s)")
        }
    }

    private func fillDefaults(_ inner: Frame) throws {
        for parameter in code.parameters where inner[parameter.slot] == nil {
            inner[parameter.slot] =
                try parameter.defaultValue?.evaluate(inner)
                ?? inner.state.undefined(
                    parameter.name, hint: "parameter '\(parameter.name)' was not provided")
        }
    }
}
