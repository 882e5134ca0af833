/// The variables of one activation of a template's root, a block, a macro or a recursive loop. What evaluates the
/// template's tree is in extensions: expressions, calls, statements, loops, and what brings in other templates.
final class Frame {
    let template: CompiledTemplate
    /// The frame of the function around this one.
    let parent: Frame?
    let context: Context
    let state: RenderState
    /// The parent template, once an `extends` statement has run.
    @exclusivity(unchecked) var parentTemplate: CompiledTemplate?
    private let slots: UnsafeMutablePointer<Value?>
    private let count: Int

    init(
        _ function: Function, _ template: CompiledTemplate, parent: Frame?, context: Context,
        state: RenderState
    ) {
        self.template = template
        self.parent = parent
        self.context = context
        self.state = state
        count = Int(function.slotCount)
        slots = .allocate(capacity: max(1, count))
        slots.initialize(repeating: nil, count: count)
    }

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    /// A variable of this frame; `nil` while it has no value.
    subscript(slot: Int32) -> Value? {
        @inline(__always) get { slots[Int(slot)] }
        @inline(__always) set { slots[Int(slot)] = newValue }
    }

    /// The frame a number of functions outwards.
    func outer(_ hops: Int32) -> Frame {
        var frame = self
        for _ in 0..<hops {
            guard let parent = frame.parent else { break }
            frame = parent
        }
        return frame
    }

    /// Forgets all variables.
    func clear() {
        for slot in 0..<count { slots[slot] = nil }
    }

    /// Gives the slots of a scope the values they begin with.
    func enter(_ entry: ScopeEntry) {
        for index in entry.actions.indices {
            let action = template.tree.entryActions[index]
            switch action.source {
            case .resolve(let name): self[action.slot] = context.resolve(template.tree.names[name])
            case .alias(let hops, let slot): self[action.slot] = outer(hops)[slot]
            case .clear: self[action.slot] = nil
            }
        }
    }

    /// The variables of a list that have a value.
    func dump(_ locals: Run<LocalVariable>) -> DictValue {
        let result = DictValue()
        for index in locals.indices {
            let local = template.tree.localVariables[index]
            if let value = outer(local.hops)[local.slot] { result.set(template.tree.names[local.name], value) }
        }
        return result
    }

    /// How output is escaped here.
    var escape: EscapeMode {
        @inline(__always) get { context.evaluation.escape }
    }

    /// The place of an expression.
    func range(_ expression: ExpressionID) -> SourceRange { template.tree.expressions[expression].range }
}
