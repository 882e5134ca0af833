/// What the names mean at the place that is being compiled: which slot each has, in which function, and what the
/// slot holds when its scope is entered.
///
/// The rules are Jinja2's, including that a name that is assigned before it is read in a scope never comes from
/// the context. All open scopes lie on one stack, so that the meaning of a name is found in one step.
struct Bindings {
    /// What a slot holds when its scope is entered.
    enum Load {
        /// Set by the caller.
        case parameter
        /// The context's variable of that name.
        case resolve
        /// The variable of the same name in an outer scope.
        case alias
        /// Nothing.
        case undefined
    }

    /// A name of one scope.
    struct Binding {
        let name: NameID
        let function: Int32
        let slot: Int32
        /// The binding of the name in the scopes around, or -1.
        let outer: Int32
        var load: Load
        var isStored = false
    }

    /// What is restored when a scope is closed.
    struct Mark {
        fileprivate let start: Int
        fileprivate let storeStart: Int
    }

    private(set) var stack: ContiguousArray<Binding> = []
    /// The innermost binding of each name, or -1.
    private var innermost: ContiguousArray<Int32>
    /// Where the current scope begins on the stack.
    private var start = 0
    /// The names assigned in the current scope, in the order in which that was found.
    private var stores: ContiguousArray<Int32> = []
    private var storeStart = 0
    /// The number of slots of each function around the current place, outermost first.
    private var slotCounts: ContiguousArray<Int32> = []

    init(nameCount: Int) {
        innermost = ContiguousArray(repeating: -1, count: nameCount)
        stack.reserveCapacity(16)
        stores.reserveCapacity(16)
    }

    // MARK: - Functions and scopes

    /// Begins a function inside the current one.
    mutating func openFunction() { slotCounts.append(0) }

    /// Ends a function.
    /// - Returns: the number of its slots.
    mutating func closeFunction() -> Int32 { slotCounts.popLast() ?? 0 }

    /// How many functions lie between the current one and the one of a binding.
    func hops(to binding: Binding) -> Int32 { Int32(slotCounts.count) - 1 - binding.function }

    /// A slot without a name.
    mutating func makeSlot() -> Int32 {
        let slot = slotCounts[slotCounts.count - 1]
        slotCounts[slotCounts.count - 1] = slot + 1
        return slot
    }

    /// Begins a scope inside the current one.
    mutating func open() -> Mark {
        defer {
            start = stack.count
            storeStart = stores.count
        }
        return Mark(start: start, storeStart: storeStart)
    }

    /// Ends the current scope.
    mutating func close(_ mark: Mark) {
        while stack.count > start, let binding = stack.popLast() {
            innermost[Int(binding.name.index)] = binding.outer
        }
        stores.removeLast(stores.count - storeStart)
        start = mark.start
        storeStart = mark.storeStart
    }

    /// The bindings of the current scope.
    var current: ArraySlice<Binding> { stack[start...] }

    // MARK: - Names

    /// What a name means here.
    func find(_ name: NameID) -> Binding? {
        let index = innermost[Int(name.index)]
        return index < 0 ? nil : stack[Int(index)]
    }

    /// The slot of a name that is bound in the current function.
    func slot(_ name: NameID) -> Int32 { find(name)?.slot ?? 0 }

    /// A name is read.
    mutating func load(_ name: NameID) {
        if innermost[Int(name.index)] < 0 { define(name, .resolve) }
    }

    /// A name is assigned.
    mutating func store(_ name: NameID) {
        var index = Int(innermost[Int(name.index)])
        if index < start {
            define(name, index < 0 ? .undefined : .alias)
            index = stack.count - 1
        }
        markStored(index)
    }

    /// A name is set by the caller of the scope.
    @discardableResult
    mutating func declareParameter(_ name: NameID) -> Int32 {
        var index = Int(innermost[Int(name.index)])
        if index < start {
            define(name, .parameter)
            index = stack.count - 1
        }
        stack[index].load = .parameter
        markStored(index)
        return stack[index].slot
    }

    private mutating func define(_ name: NameID, _ load: Load) {
        let binding = Binding(
            name: name, function: Int32(slotCounts.count - 1), slot: makeSlot(), outer: innermost[Int(name.index)],
            load: load)
        innermost[Int(name.index)] = Int32(stack.count)
        stack.append(binding)
    }

    private mutating func markStored(_ index: Int) {
        guard !stack[index].isStored else { return }
        stack[index].isStored = true
        stores.append(Int32(index))
    }

    // MARK: - Conditions

    /// The place from which on branches assign.
    var branchMark: Int { stores.count }

    /// What only branches of a condition assign keeps the value it has outside of them.
    mutating func endBranches(since mark: Int) {
        for index in stores[mark...] {
            stack[Int(index)].load = stack[Int(index)].outer < 0 ? .resolve : .alias
        }
    }

    // MARK: - What is handed over

    /// The assigned names of this scope and the ones around it: what an include or scoped block sees.
    func visibleStores() -> [LocalVariable] {
        var result: [LocalVariable] = []
        var isSeen = ContiguousArray(repeating: false, count: stack.isEmpty ? 0 : innermost.count)
        for binding in stack.reversed() where binding.isStored && !isSeen[Int(binding.name.index)] {
            isSeen[Int(binding.name.index)] = true
            guard let visible = find(binding.name) else { continue }
            result.append(LocalVariable(name: binding.name, hops: hops(to: visible), slot: visible.slot))
        }
        return result
    }

    /// How the slot of a binding of the current scope begins; `nil` where the caller sets it.
    func source(_ binding: Binding) -> ScopeEntry.Action.Source? {
        switch binding.load {
        case .parameter: return nil
        case .resolve: return .resolve(binding.name)
        case .undefined: return .clear
        case .alias:
            let outer = stack[Int(binding.outer)]
            return .alias(hops: hops(to: outer), slot: outer.slot)
        }
    }
}
