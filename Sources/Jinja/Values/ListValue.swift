/// The storage of a list: shared by every value that refers to the same list, as in Python.
public final class ListValue {
    /// The elements.
    @exclusivity(unchecked) public internal(set) var items: ContiguousArray<Value>

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
    @exclusivity(unchecked) public private(set) var items: ContiguousArray<Value>
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
        while let index = pending.indices.last {
            // The reference is taken out before the value goes, so that it can be the only one left.
            var list = Self.list(pending[index])
            var tuple = Self.tuple(pending[index])
            var mapping = Self.mapping(pending[index])
            pending.removeLast()
            if let items = list?.items, isKnownUniquelyReferenced(&list) {
                pending.append(contentsOf: items)
                list?.items = []
            } else if tuple != nil, isKnownUniquelyReferenced(&tuple) {
                if let items = tuple?.takeItems() { pending.append(contentsOf: items) }
            } else if mapping != nil, isKnownUniquelyReferenced(&mapping) {
                if let items = mapping?.takeValues() { pending.append(contentsOf: items) }
            }
        }
    }

    private static func list(_ value: Value) -> ListValue? {
        if case .list(let list) = value { return list }
        return nil
    }

    private static func tuple(_ value: Value) -> TupleValue? {
        if case .tuple(let tuple) = value { return tuple }
        return nil
    }

    private static func mapping(_ value: Value) -> DictValue? {
        if case .dict(let mapping) = value { return mapping }
        return nil
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
