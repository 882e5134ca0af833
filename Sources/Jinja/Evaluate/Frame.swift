/// The variables of one activation of a template's root, a block, a macro or a recursive loop.
final class Frame {
    let template: CompiledTemplate
    /// The frame of the function around this one.
    let parent: Frame?
    let context: Context
    let state: RenderState
    /// The parent template, once an `extends` statement has run.
    var parentTemplate: CompiledTemplate?
    private let slots: UnsafeMutablePointer<Value?>
    private let count: Int

    init(
        _ code: FunctionCode, _ template: CompiledTemplate, parent: Frame?, context: Context,
        state: RenderState
    ) {
        self.template = template
        self.parent = parent
        self.context = context
        self.state = state
        count = code.slotCount
        slots = .allocate(capacity: max(1, count))
        slots.initialize(repeating: nil, count: count)
    }

    deinit {
        slots.deinitialize(count: count)
        slots.deallocate()
    }

    /// A variable of this frame; `nil` while it has no value.
    subscript(slot: Int) -> Value? {
        @inline(__always) get { slots[slot] }
        @inline(__always) set { slots[slot] = newValue }
    }

    /// A variable of this frame or of one around it.
    subscript(reference: VariableReference) -> Value? {
        get { frame(reference.hops)[reference.slot] }
        set { frame(reference.hops)[reference.slot] = newValue }
    }

    private func frame(_ hops: Int) -> Frame {
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
        for (slot, action) in entry.actions {
            switch action {
            case .resolve(let name): self[slot] = context.resolve(name)
            case .alias(let outer): self[slot] = self[outer]
            case .clear: self[slot] = nil
            }
        }
    }

    /// How output is escaped here.
    var escape: EscapeMode { context.evaluation.escape }
}
