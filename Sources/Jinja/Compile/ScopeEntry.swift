/// Fills the slots of a scope when it is entered.
struct ScopeEntry: Sendable {
    /// What one slot begins with.
    struct Action: Sendable {
        enum Source: Sendable {
            /// The context's variable of that name.
            case resolve(NameID)
            /// The variable of an outer scope.
            case alias(hops: Int32, slot: Int32)
            /// Nothing.
            case clear
        }

        let slot: Int32
        let source: Source
    }

    let actions: Run<Action>

    /// Nothing to fill.
    static let empty = ScopeEntry(actions: .empty)
}

/// A variable that is handed over by its name: how many functions outwards, and which slot there.
struct LocalVariable: Sendable {
    let name: NameID
    let hops: Int32
    let slot: Int32
}

/// The code of a template's root, a block, a macro or a recursive loop.
struct Function: Sendable {
    var slotCount: Int32 = 0
    var entry = ScopeEntry.empty
    var body = Body.empty
    /// The slot of `self`, where the code uses it, or -1.
    var selfSlot: Int32 = -1
    /// The slot of `super`, where the code uses it, or -1.
    var superSlot: Int32 = -1

    /// How much deeper the evaluator goes in the body.
    var weight: Int { Int(body.depth) + 2 }
}
