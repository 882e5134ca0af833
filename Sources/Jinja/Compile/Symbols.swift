/// Where a variable lives: the function it belongs to, by nesting depth, and the slot in that function's frame.
struct SlotID: Hashable, Sendable {
    let function: Int
    let slot: Int
}

/// Counts the slots of one function: a template's root, a block, a macro or a recursive loop.
final class FunctionBuilder {
    /// The number of functions around this one.
    let depth: Int
    private(set) var slotCount = 0

    init(depth: Int) {
        self.depth = depth
    }

    func makeSlot() -> SlotID {
        slotCount += 1
        return SlotID(function: depth, slot: slotCount - 1)
    }
}

/// The slots of the names of one scope, shared by the copies of its symbols made for the branches of an `if`.
final class SlotTable {
    let function: FunctionBuilder
    private var slots: [String: SlotID] = [:]

    init(_ function: FunctionBuilder) {
        self.function = function
    }

    func slot(of name: String) -> SlotID {
        if let slot = slots[name] { return slot }
        let slot = function.makeSlot()
        slots[name] = slot
        return slot
    }
}

/// The names of one scope: which slot each has and what the slot holds when the scope is entered.
///
/// The rules are Jinja2's, including that a name that is assigned before it is read in a scope never comes from
/// the context.
final class Symbols {
    /// What a slot holds when its scope is entered.
    enum Load {
        /// Set by the caller.
        case parameter
        /// The context's variable of that name.
        case resolve(String)
        /// The variable of an outer scope.
        case alias(SlotID)
        /// Nothing.
        case undefined
    }

    let parent: Symbols?
    let table: SlotTable
    /// The symbols that this is a branch of: what is not changed here is as it is there.
    private let trunk: Symbols?
    private var references: [String: SlotID] = [:]
    private var loads: [SlotID: Load] = [:]
    private var stores: Set<String> = []
    /// The slots with a load in the order of their definition, so that entering a scope is deterministic.
    private var order: [SlotID] = []
    /// The slots whose load was set here, in order, also where the trunk has one.
    private var changes: [SlotID] = []

    init(parent: Symbols?, table: SlotTable, trunk: Symbols? = nil) {
        self.parent = parent
        self.table = table
        self.trunk = trunk
    }

    /// The same symbols, for a branch of a condition. The trunk must not change while the branch is in use.
    func branch() -> Symbols { Symbols(parent: parent, table: table, trunk: self) }

    /// The loads in the order of their definition.
    var orderedLoads: [(slot: SlotID, load: Load)] {
        let own = order.compactMap { slot in loads[slot].map { (slot, $0) } }
        guard let trunk else { return own }
        return trunk.orderedLoads.map { ($0.slot, loads[$0.slot] ?? $0.load) }
            + own.filter { trunk.load(of: $0.0) == nil }
    }

    /// What a slot of this scope holds when the scope is entered.
    func load(of slot: SlotID) -> Load? { loads[slot] ?? trunk?.load(of: slot) }

    /// The names assigned in this scope.
    var storedNames: Set<String> { trunk.map { stores.union($0.storedNames) } ?? stores }

    /// The slot of a name of this scope.
    func reference(to name: String) -> SlotID? { references[name] ?? trunk?.reference(to: name) }

    func find(_ name: String) -> SlotID? { reference(to: name) ?? parent?.find(name) }

    private func isStored(_ name: String) -> Bool { stores.contains(name) || trunk?.isStored(name) ?? false }

    @discardableResult
    private func define(_ name: String, _ load: Load) -> SlotID {
        let slot = table.slot(of: name)
        references[name] = slot
        setLoad(slot, load)
        return slot
    }

    private func setLoad(_ slot: SlotID, _ load: Load) {
        guard loads.updateValue(load, forKey: slot) == nil else { return }
        changes.append(slot)
        if trunk?.load(of: slot) == nil { order.append(slot) }
    }

    /// A name is assigned.
    func store(_ name: String) {
        stores.insert(name)
        guard reference(to: name) == nil else { return }
        if let outer = parent?.find(name) {
            define(name, .alias(outer))
        } else {
            define(name, .undefined)
        }
    }

    /// A name is set by the caller of the scope.
    @discardableResult
    func declareParameter(_ name: String) -> SlotID {
        stores.insert(name)
        return define(name, .parameter)
    }

    /// A name is read.
    func load(_ name: String) {
        if find(name) == nil { define(name, .resolve(name)) }
    }

    /// Takes over what the branches of a condition assign.
    func update(fromBranches branches: [Symbols]) {
        var stored: Set<String> = []
        for branch in branches { stored.formUnion(branch.stores) }
        let added = stored.filter { !isStored($0) }.sorted()
        for branch in branches {
            references.merge(branch.references) { $1 }
            for slot in branch.changes { if let load = branch.loads[slot] { setLoad(slot, load) } }
            stores.formUnion(branch.stores)
        }
        for name in added {
            guard let slot = find(name) else { continue }
            if let outer = parent?.find(name) {
                setLoad(slot, .alias(outer))
            } else {
                setLoad(slot, .resolve(name))
            }
        }
    }

    /// The assigned names of this scope and the ones around it: what an include or scoped block sees.
    func visibleStores() -> [(name: String, slot: SlotID)] {
        var result: [(name: String, slot: SlotID)] = []
        var seen: Set<String> = []
        var scope: Symbols? = self
        while let current = scope {
            for name in current.storedNames.sorted() where seen.insert(name).inserted {
                if let slot = find(name) { result.append((name, slot)) }
            }
            scope = current.parent
        }
        return result
    }
}
