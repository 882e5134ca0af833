/// The methods of mappings.
enum DictMethods {
    static let names: Set<String> = [
        "clear", "copy", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values",
    ]

    static func contains(_ name: String) -> Bool { names.contains(name) }

    static func call(
        _ name: String, _ mapping: DictValue, _ arguments: CallArguments, _ state: RenderState
    ) throws -> Value {
        switch name {
        case "items", "keys", "values":
            _ = try Methods.bind(.none, arguments, name, state)
            return .object(DictView(DictView.Kind(rawValue: name) ?? .items, mapping))
        case "get": return try get(mapping, arguments, state)
        case "copy":
            _ = try Methods.bind(.none, arguments, name, state)
            try state.charge(items: mapping.count)
            return .dict(mapping.copy())
        case "clear":
            _ = try Methods.bind(.none, arguments, name, state)
            mapping.removeAll()
        case "setdefault":
            let bound = try Methods.bind(
                Signature([.required("key"), .optional("default")]), arguments, name, state)
            try bound[0].requireHashable()
            if let value = mapping.value(for: bound[0]) { return value }
            try state.charge(items: 1)
            mapping.set(bound[0], bound[1])
            state.cycles.note(.dict(mapping), received: bound[1])
            return bound[1]
        case "update": try update(mapping, arguments, state)
        default: return try pop(name, mapping, arguments, state)
        }
        return .none
    }

    private static func get(
        _ mapping: DictValue, _ arguments: CallArguments, _ state: RenderState
    ) throws -> Value {
        guard arguments.named.isEmpty, (1...2).contains(arguments.positional.count) else {
            throw EvaluationError.type("method `get` takes 1 or 2 positional arguments")
        }
        let key = arguments.positional[0]
        try key.requireHashable()
        if let value = mapping.value(for: key) { return value }
        return arguments.positional.count == 2 ? arguments.positional[1] : .none
    }

    private static func pop(
        _ name: String, _ mapping: DictValue, _ arguments: CallArguments, _ state: RenderState
    ) throws -> Value {
        if name == "popitem" {
            _ = try Methods.bind(.none, arguments, name, state)
            guard let key = mapping.keys.last, let value = mapping.remove(key) else {
                throw EvaluationError.value("popitem(): dictionary is empty")
            }
            return .tuple([key, value])
        }
        guard arguments.named.isEmpty, (1...2).contains(arguments.positional.count) else {
            throw EvaluationError.type("method `pop` takes 1 or 2 positional arguments")
        }
        let key = arguments.positional[0]
        try key.requireHashable()
        if let value = mapping.remove(key) { return value }
        guard arguments.positional.count == 2 else {
            throw EvaluationError.value("no key \(try key.represented())")
        }
        return arguments.positional[1]
    }

    private static func update(
        _ mapping: DictValue, _ arguments: CallArguments, _ state: RenderState
    ) throws {
        let source = try build(arguments, "update", state)
        for (key, value) in zip(source.keys, source.values) {
            mapping.set(key, value)
            state.cycles.note(.dict(mapping), received: value)
        }
    }

    /// The mapping that `dict(…)` and `update(…)` make of a mapping or pairs, and of keywords.
    static func build(_ arguments: CallArguments, _ name: String, _ state: RenderState) throws
        -> DictValue
    {
        guard arguments.positional.count <= 1 else {
            throw EvaluationError.type(
                "\(name) expected at most 1 argument, got \(arguments.positional.count)")
        }
        let result = DictValue()
        switch arguments.positional.first {
        case nil: break
        case .dict(let source):
            try state.charge(items: source.count)
            for (key, value) in zip(source.keys, source.values) { result.set(key, value) }
        case .some(let pairs):
            for pair in try pairs.elements() {
                let items = try pair.elements(
                    "cannot convert dictionary update sequence element to a sequence")
                guard items.count == 2 else {
                    throw EvaluationError.value(
                        "dictionary update sequence element has length \(items.count); 2 is required")
                }
                try items[0].requireHashable()
                try state.charge(items: 1)
                result.set(items[0], items[1])
            }
        }
        for (key, value) in arguments.named { result.set(key, value) }
        return result
    }
}
