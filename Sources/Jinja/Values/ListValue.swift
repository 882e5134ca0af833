/// The storage of a list: shared by every value that refers to the same list, as in Python.
public final class ListValue {
    /// The elements.
    public internal(set) var items: ContiguousArray<Value>

    /// A list of these elements.
    public init(_ items: ContiguousArray<Value> = []) {
        self.items = items
    }

    deinit {
        DeepRelease.release(&items)
    }
}

/// The storage of a tuple.
public final class TupleValue {
    /// The elements.
    public private(set) var items: ContiguousArray<Value>
    /// Attribute names of the elements, for tuples such as the ones of `groupby`; otherwise empty.
    let fieldNames: [String]

    /// A tuple of these elements.
    public init(_ items: ContiguousArray<Value>, fieldNames: [String] = []) {
        self.items = items
        self.fieldNames = fieldNames
    }

    deinit {
        DeepRelease.release(&items)
    }

    fileprivate func takeItems() -> ContiguousArray<Value> {
        let taken = items
        items = []
        return taken
    }
}

/// Frees nested collections with a worklist, because releasing them recursively would overflow the stack for
/// a list nested a hundred thousand levels deep.
enum DeepRelease {
    static func release(_ items: inout ContiguousArray<Value>) {
        var hasContainer = false
        for item in items where item.isContainer {
            hasContainer = true
            break
        }
        guard hasContainer else { return }
        var pending = items
        items = []
        while var last = pending.popLast() { take(&last, into: &pending) }
    }

    /// Moves the elements of a collection that nobody else holds into the worklist.
    private static func take(_ value: inout Value, into pending: inout ContiguousArray<Value>) {
        switch value {
        case .list(var list):
            value = .none
            guard isKnownUniquelyReferenced(&list) else { return }
            pending.append(contentsOf: list.items)
            list.items = []
        case .tuple(var tuple):
            value = .none
            guard isKnownUniquelyReferenced(&tuple) else { return }
            pending.append(contentsOf: tuple.takeItems())
        case .dict(var mapping):
            value = .none
            guard isKnownUniquelyReferenced(&mapping) else { return }
            pending.append(contentsOf: mapping.takeValues())
        default:
            return
        }
    }
}

extension Value {
    fileprivate var isContainer: Bool {
        switch self {
        case .list, .tuple, .dict: true
        default: false
        }
    }
}
