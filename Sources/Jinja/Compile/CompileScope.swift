/// What the compiler knows about the place it is at.
struct CompileScope {
    var symbols: Symbols
    let function: FunctionBuilder
    /// The template's own level, also inside conditions there: assignments are exported.
    var isTopLevel = false
    /// The template's own level outside of conditions.
    var isRootLevel = false
    /// Inside a condition: an unknown filter or test is reported only when it is reached.
    var isSoft = false
    /// Output is dropped once the template extends another.
    var checksOutput = false
    /// How output is escaped; `nil` where only the evaluation knows.
    var escape: EscapeMode?
    /// The mode that constants are printed with: the innermost one that was known when the template was compiled.
    var foldingEscape: EscapeMode
    /// The slot that holds the text a filter block works on.
    var captureSlot: SlotID?

    init(symbols: Symbols, function: FunctionBuilder, escape: EscapeMode?) {
        self.symbols = symbols
        self.function = function
        self.escape = escape
        foldingEscape = escape ?? .none
    }

    /// A scope inside this one, in the same function.
    func inner() -> CompileScope { inner(in: function) }

    /// A scope inside this one, in a function of its own where that is another.
    func inner(in function: FunctionBuilder) -> CompileScope {
        let table = SlotTable(function)
        var scope = CompileScope(
            symbols: Symbols(parent: symbols, table: table), function: function, escape: escape)
        scope.checksOutput = checksOutput
        scope.foldingEscape = foldingEscape
        return scope
    }

    /// The same scope inside a condition.
    func soft() -> CompileScope {
        var scope = self
        scope.symbols = symbols.branch()
        scope.isRootLevel = false
        scope.isSoft = true
        return scope
    }

    /// How the code of this scope reaches a slot.
    func reference(_ slot: SlotID) -> VariableReference {
        VariableReference(hops: function.depth - slot.function, slot: slot.slot)
    }
}

/// A slot as seen from running code: how many functions outwards, and which slot there.
struct VariableReference: Sendable {
    let hops: Int
    let slot: Int
}

/// Fills the slots of a scope when it is entered.
struct ScopeEntry: Sendable {
    enum Action: Sendable {
        case resolve(String)
        case alias(VariableReference)
        case clear
    }

    let actions: [(slot: Int, action: Action)]

    /// Nothing to fill.
    static let empty = ScopeEntry(actions: [])

    private init(actions: [(slot: Int, action: Action)]) {
        self.actions = actions
    }

    /// What a scope begins with.
    /// - Parameter includes: which loads to keep.
    init(_ scope: CompileScope, where includes: (SlotID, Symbols.Load) -> Bool = { _, _ in true }) {
        actions = scope.symbols.orderedLoads.compactMap { slot, load in
            guard includes(slot, load) else { return nil }
            return Self.action(slot, load, scope)
        }
    }

    private static func action(_ slot: SlotID, _ load: Symbols.Load, _ scope: CompileScope) -> (
        Int, Action
    )? {
        switch load {
        case .parameter: nil
        case .resolve(let name): (slot.slot, .resolve(name))
        case .alias(let outer): (slot.slot, .alias(scope.reference(outer)))
        case .undefined: (slot.slot, .clear)
        }
    }
}
