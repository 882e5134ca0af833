/// The methods of lists.
enum ListMethods {
    static let names: Set<String> = [
        "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse",
        "sort",
    ]

    static func contains(_ name: String) -> Bool { names.contains(name) }

    static func call(
        _ name: String, _ list: ListValue, _ arguments: CallArguments, _ state: RenderState
    ) throws -> Value {
        switch name {
        case "append":
            let bound = try Methods.bind(Signature([.required("object")]), arguments, name, state)
            try state.charge(items: 1)
            list.items.append(bound[0])
            state.cycles.note(.list(list), received: bound[0])
        case "extend":
            let bound = try Methods.bind(Signature([.required("iterable")]), arguments, name, state)
            let items = try bound[0].elements()
            try state.charge(items: items.count)
            list.items.append(contentsOf: items)
            for item in items { state.cycles.note(.list(list), received: item) }
        case "insert": try insert(list, arguments, state)
        case "pop": return try pop(list, arguments, state)
        case "remove":
            let bound = try Methods.bind(Signature([.required("value")]), arguments, name, state)
            guard let index = try list.items.firstIndex(where: { try $0.isEqual(to: bound[0]) }) else {
                throw EvaluationError.value("list.remove(x): x not in list")
            }
            list.items.remove(at: index)
        case "clear":
            _ = try Methods.bind(.none, arguments, name, state)
            list.items = []
        case "copy":
            _ = try Methods.bind(.none, arguments, name, state)
            try state.charge(items: list.items.count)
            return .list(ListValue(list.items))
        case "reverse":
            _ = try Methods.bind(.none, arguments, name, state)
            list.items.reverse()
        case "sort":
            guard arguments.positional.isEmpty else {
                throw EvaluationError.type("method `sort` takes no positional arguments")
            }
            let bound = try Methods.bind(
                Signature([.optional("key"), .optional("reverse", false)]), arguments, name, state)
            list.items = try Sorting.sorted(list.items, reverse: bound.integer(1) != 0) { $0 }
        default: return try Methods.search(name, list.items, arguments, "list", state)
        }
        return .none
    }

    private static func insert(_ list: ListValue, _ arguments: CallArguments, _ state: RenderState)
        throws
    {
        let bound = try Methods.bind(
            Signature([.required("index"), .required("object")]), arguments, "insert", state)
        let index = try bound.integer(0)
        let position = index < 0 ? max(0, index &+ list.items.count) : min(index, list.items.count)
        try state.charge(items: 1)
        list.items.insert(bound[1], at: position)
        state.cycles.note(.list(list), received: bound[1])
    }

    private static func pop(_ list: ListValue, _ arguments: CallArguments, _ state: RenderState)
        throws -> Value
    {
        let bound = try Methods.bind(Signature([.optional("index", -1)]), arguments, "pop", state)
        let index = try bound.integer(0)
        guard !list.items.isEmpty else { throw EvaluationError.value("pop from empty list") }
        let position = index < 0 ? index &+ list.items.count : index
        guard list.items.indices.contains(position) else {
            throw EvaluationError.value("pop index out of range")
        }
        return list.items.remove(at: position)
    }
}
