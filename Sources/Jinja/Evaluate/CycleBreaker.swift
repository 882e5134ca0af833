/// Empties collections that contain themselves when a render is over: nothing else would ever free them.
///
/// Only a collection that a template has put something into can be part of a circle, so those are remembered.
final class CycleBreaker {
    private var changed: [Value] = []
    private var identities: Set<ObjectIdentifier> = []

    /// A value has been put into a collection or namespace.
    func note(_ container: Value, received value: Value) {
        // The reference that closes a circle is given to a collection that can be reached from it already.
        guard value.mayHold(container) else { return }
        guard let identity = container.identity, identities.insert(identity).inserted else { return }
        changed.append(container)
    }

    /// Breaks every circle. Objects that exist during a render alone let go of what they hold.
    func breakCycles() {
        var search = CycleSearch()
        for container in changed { search.visit(container) }
        changed = []
        identities = []
        for container in search.onCycles { container.empty() }
    }
}

/// An object of one render that refers to values and can let go of them.
protocol ReleasableObject: Object {
    func release()
}

/// A depth-first search with a stack of its own: collections may be nested deeper than the thread's stack is.
private struct CycleSearch {
    /// Mutable collections, at least one on every circle.
    private(set) var onCycles: [Value] = []
    private var path: [(value: Value, children: ContiguousArray<Value>, next: Int)] = []
    private var open: Set<ObjectIdentifier> = []
    private var seen: Set<ObjectIdentifier> = []

    mutating func visit(_ root: Value) {
        enter(root)
        while let top = path.indices.last {
            if path[top].next == path[top].children.count {
                if let identity = path[top].value.identity { open.remove(identity) }
                path.removeLast()
                continue
            }
            path[top].next += 1
            enter(path[top].children[path[top].next - 1])
        }
    }

    private mutating func enter(_ value: Value) {
        if case .object(let object as any ReleasableObject) = value { return object.release() }
        // What holds no collection is on no circle.
        guard let identity = value.identity, value.children.contains(where: \.isCollection) else { return }
        if open.contains(identity) { return recordCycle(to: identity) }
        guard seen.insert(identity).inserted else { return }
        open.insert(identity)
        path.append((value, value.children, 0))
    }

    /// The innermost collection of the circle that can be emptied.
    private mutating func recordCycle(to identity: ObjectIdentifier) {
        for step in path.reversed() {
            if step.value.isMutable { return onCycles.append(step.value) }
            if step.value.identity == identity { return }
        }
    }
}

extension Value {
    /// The identity of a collection or namespace.
    fileprivate var identity: ObjectIdentifier? {
        switch self {
        case .list(let list): ObjectIdentifier(list)
        case .tuple(let tuple): ObjectIdentifier(tuple)
        case .dict(let mapping): ObjectIdentifier(mapping)
        case .object(let space as NamespaceObject): ObjectIdentifier(space)
        default: nil
        }
    }

    /// Whether a collection may be this one or inside of it; seen without going deeper.
    fileprivate func mayHold(_ container: Value) -> Bool {
        switch self {
        case .list(let list):
            if case .list(let own) = container, own === list { return true }
            return Self.mayHoldCollections(list.items)
        case .tuple(let tuple): return Self.mayHoldCollections(tuple.items)
        case .dict(let mapping):
            if case .dict(let own) = container, own === mapping { return true }
            return Self.mayHoldCollections(mapping.values)
        case .object: return true
        default: return false
        }
    }

    private static func mayHoldCollections(_ items: ContiguousArray<Value>) -> Bool {
        // A long collection is not looked through each time that it goes somewhere.
        if items.count > 64 { return true }
        return items.contains(where: \.isCollection)
    }

    fileprivate var isCollection: Bool {
        switch self {
        case .list, .tuple, .dict, .object: true
        default: false
        }
    }

    fileprivate var isMutable: Bool {
        if case .tuple = self { return false }
        return true
    }

    fileprivate var children: ContiguousArray<Value> {
        switch self {
        case .list(let list): list.items
        case .tuple(let tuple): tuple.items
        case .dict(let mapping): mapping.values
        case .object(let space as NamespaceObject): space.values.values
        default: []
        }
    }

    fileprivate func empty() {
        switch self {
        case .list(let list): list.items = []
        case .dict(let mapping): mapping.removeAll()
        case .object(let space as NamespaceObject): space.values.removeAll()
        default: return
        }
    }
}
