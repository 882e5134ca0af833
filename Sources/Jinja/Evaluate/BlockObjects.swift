extension BlockReference {
    /// Prints the block.
    func execute(in context: Context, state: RenderState) throws {
        let function = template.tree.blocks[block].function
        try state.nested(function.weight) {
            let frame = Frame(function, template, parent: nil, context: context, state: state)
            if function.selfSlot >= 0 { frame[function.selfSlot] = .object(SelfObject(context, state)) }
            if function.superSlot >= 0 {
                let name = template.tree.text(template.tree.blocks[block].name)
                let index = context.blocks[name]?.firstIndex { $0.template === template && $0.block == block } ?? 0
                frame[function.superSlot] = BlockObject.make(name, index + 1, context, state)
            }
            frame.enter(function.entry)
            _ = try frame.execute(function.body)
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

    func printed() throws -> String {
        let isRoot = context.template === state.root
        return "<TemplateReference \(isRoot ? "None" : PythonText.quoted(context.template.name))>"
    }

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
