/// `extends`.
final class ExtendsNode: StatementNode {
    private let template: any ExpressionNode
    private let range: SourceRange
    let depth: Int

    init(_ template: any ExpressionNode, _ range: SourceRange) {
        self.template = template
        self.range = range
        depth = template.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        let name = try template.evaluate(frame)
        do {
            guard frame.parentTemplate == nil else {
                throw EvaluationError(.runtime, "extended multiple times")
            }
            try frame.state.step()
            let parent = try frame.state.requireTemplate(name)
            for (name, code) in parent.blocks {
                frame.context.blocks[name, default: []].append(BlockReference(template: parent, code: code))
            }
            frame.parentTemplate = parent
        } catch {
            throw frame.traced(error, "extended here", range)
        }
        return .normal
    }
}

/// `block`, at the place where it is printed.
final class BlockNode: StatementNode {
    private let name: String
    private let isRequired: Bool
    /// The variables that a scoped block sees; `nil` for one that is not scoped.
    private let locals: [(name: String, reference: VariableReference)]?
    private let range: SourceRange
    let depth = 1

    init(
        _ name: String, isRequired: Bool, locals: [(name: String, reference: VariableReference)]?,
        _ range: SourceRange
    ) {
        self.name = name
        self.isRequired = isRequired
        self.locals = locals
        self.range = range
    }

    func execute(_ frame: Frame) throws -> Completion {
        guard let blocks = frame.context.blocks[name], let block = blocks.first else { return .normal }
        if isRequired, blocks.count <= 1 {
            throw frame.located(
                EvaluationError(.runtime, "required block `\(name)` is not defined"), range)
        }
        do {
            let context =
                locals.map { Context(derivedFrom: frame.context, locals: frame.dump($0)) } ?? frame.context
            try block.execute(in: context, state: frame.state)
        } catch {
            throw block.template === frame.template
                ? frame.located(error, range)
                : frame.traced(error, "block `\(name)` is printed here", range)
        }
        return .normal
    }
}

extension BlockReference {
    /// Prints the block.
    func execute(in context: Context, state: RenderState) throws {
        let code = code.code
        let name = self.code.name
        try state.nested(code.weight) {
            let frame = Frame(code, template, parent: nil, context: context, state: state)
            if let slot = code.selfSlot { frame[slot] = .object(SelfObject(context, state)) }
            if let slot = code.superSlot {
                let index = context.blocks[name]?.firstIndex { $0.code === self.code } ?? 0
                frame[slot] = BlockObject.make(name, index + 1, context, state)
            }
            frame.enter(code.entry)
            _ = try code.body.execute(frame)
        }
    }
}

/// `self`: the blocks of the template.
final class SelfObject: Object {
    private let context: Context
    private let state: RenderState

    init(_ context: Context, _ state: RenderState) {
        self.context = context
        self.state = state
    }

    var typeName: String { "TemplateReference" }

    func attribute(_ name: String) throws -> Value? {
        context.blocks[name] == nil ? nil : BlockObject.make(name, 0, context, state)
    }

    func item(_ key: Value) throws -> Value? { try key.stringValue.flatMap { try attribute($0) } }
}

/// `super` and `self.name`: a block that can be called.
final class BlockObject: TracedObject {
    private let name: String
    private let index: Int
    private let context: Context
    private let state: RenderState

    private init(_ name: String, _ index: Int, _ context: Context, _ state: RenderState) {
        self.name = name
        self.index = index
        self.context = context
        self.state = state
    }

    /// The implementation of a block at a position, or undefined where there is none.
    static func make(_ name: String, _ index: Int, _ context: Context, _ state: RenderState) -> Value {
        guard let blocks = context.blocks[name], index < blocks.count else {
            return state.undefined("super", hint: "there is no parent block called '\(name)'.")
        }
        return .object(BlockObject(name, index, context, state))
    }

    var typeName: String { "BlockReference" }
    var isCallable: Bool { true }
    var traceName: String { "block `\(name)`" }

    func attribute(_ attribute: String) throws -> Value? {
        attribute == "super" ? Self.make(name, index + 1, context, state) : nil
    }

    func call(_ arguments: CallArguments, in state: RenderState) throws -> Value {
        let text = try state.capture { try print(arguments, in: state) }
        return context.evaluation.escape == .none ? .string(text) : .markup(text)
    }

    func print(_ arguments: CallArguments, in state: RenderState) throws {
        guard arguments.positional.isEmpty, arguments.named.isEmpty else {
            throw EvaluationError.type("a block takes no arguments")
        }
        try context.blocks[name]?[index].execute(in: context, state: state)
    }
}
