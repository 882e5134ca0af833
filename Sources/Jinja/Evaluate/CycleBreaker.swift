/// Empties collections that contain themselves when a render is over: nothing else would ever free them.
///
/// Only a collection that a template has put something into can be part of a circle, so those are remembered.
final class CycleBreaker {
    private var changed: [Value] = []
    private var identities: Set<ObjectIdentifier> = []

    /// A value has been put into a collection or namespace.
    func note(_ container: Value, received value: Value) {
        switch value {
        case .list, .tuple, .dict, .object: break
        default: return
        }
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
        guard let identity = value.identity else { return }
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
