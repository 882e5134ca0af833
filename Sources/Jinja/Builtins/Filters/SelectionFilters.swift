/// `map`, `select`, `reject` and their kin: lazily, as in Jinja2, so that a failure appears where the result is used.
enum SelectionFilters {
    private static let anything = Signature(acceptsRest: true, acceptsNamed: true)

    static let all: [FilterDefinition] = [
        FilterDefinition("map", anything, function: map),
        FilterDefinition("select", anything) { try select($0, $1, keeps: true, byAttribute: false) },
        FilterDefinition("reject", anything) { try select($0, $1, keeps: false, byAttribute: false) },
        FilterDefinition("selectattr", anything) { try select($0, $1, keeps: true, byAttribute: true) },
        FilterDefinition("rejectattr", anything) {
            try select($0, $1, keeps: false, byAttribute: true)
        },
        FilterDefinition("attr", [.required("name")]) { value, arguments in
            if case .undefined(let undefined) = value {
                guard undefined.behavior == .chainable else { throw undefined.error }
                return value
            }
            let name = try arguments.text(0)
            return try value.ownAttribute(name)
                ?? arguments.state.undefined(member: arguments[0], of: value)
        },
        FilterDefinition(
            "default", [.optional("default_value", ""), .optional("boolean", false)], function: fallback),
        FilterDefinition(
            "d", [.optional("default_value", ""), .optional("boolean", false)], function: fallback),
        FilterDefinition(
            "groupby",
            [.required("attribute"), .optional("default"), .optional("case_sensitive", false)],
            function: groupby),
    ]

    private static func fallback(_ value: Value, _ arguments: Arguments) throws -> Value {
        if value.isUndefined { return arguments[0] }
        return try arguments.flag(1) && !value.isTrue() ? arguments[0] : value
    }

    /// Whether a filter that looks at every element has any to look at; a generator counts as having some.
    private static func items(_ value: Value) throws -> ContiguousArray<Value> {
        try value.isTrue() ? try value.elements() : []
    }

    private static func map(_ value: Value, _ arguments: Arguments) throws -> Value {
        let state = arguments.state
        let escape = state.escape
        return .object(
            GeneratorObject("map") {
                guard try value.isTrue() else { return [] }
                let transform = try mapping(arguments)
                state.escape = escape
                let items = try value.elements()
                var result: ContiguousArray<Value> = []
                result.reserveCapacity(items.count)
                for item in items { result.append(try transform(item)) }
                return result
            })
    }

    private static func mapping(_ arguments: Arguments) throws -> (Value) throws -> Value {
        let state = arguments.state
        if arguments.rest.isEmpty,
            let attribute = arguments.named.first(where: { $0.name == "attribute" })?.value
        {
            if let other = arguments.named.first(where: { $0.name != "attribute" && $0.name != "default" }
            ) {
                throw EvaluationError.value("Unexpected keyword argument '\(other.name)'")
            }
            let fallback = arguments.named.first { $0.name == "default" }?.value
            let path = AttributePath(attribute, state)
            return { try path.value(of: $0, default: fallback.flatMap { $0.isNone ? nil : $0 }) }
        }
        guard let name = arguments.rest.first?.stringValue else {
            throw EvaluationError.value("map requires a filter argument")
        }
        let call = CallArguments(ContiguousArray(arguments.rest.dropFirst()), named: arguments.named)
        return { try state.applyFilter(name, to: $0, call) }
    }

    private static func select(
        _ value: Value, _ arguments: Arguments, keeps: Bool, byAttribute: Bool
    ) throws -> Value {
        let name = (keeps ? "select" : "reject") + (byAttribute ? "attr" : "")
        return .object(
            GeneratorObject(name) {
                guard try value.isTrue() else { return [] }
                let holds = try predicate(arguments, byAttribute: byAttribute)
                var result: ContiguousArray<Value> = []
                for item in try value.elements() where try holds(item) == keeps { result.append(item) }
                return result
            })
    }

    private static func predicate(_ arguments: Arguments, byAttribute: Bool) throws -> (Value) throws
        -> Bool
    {
        let state = arguments.state
        var rest = arguments.rest
        var path: AttributePath?
        if byAttribute {
            guard !rest.isEmpty else {
                throw EvaluationError.value("Missing parameter for attribute name")
            }
            path = AttributePath(rest.removeFirst(), state)
        }
        guard !rest.isEmpty else { return { try (path?.value(of: $0) ?? $0).isTrue() } }
        guard let name = rest.removeFirst().stringValue else {
            throw EvaluationError.type("the name of a test has to be a text")
        }
        let call = CallArguments(rest, named: arguments.named)
        return { try state.applyTest(name, to: try path?.value(of: $0) ?? $0, call) }
    }

    private static func groupby(_ value: Value, _ arguments: Arguments) throws -> Value {
        let path = AttributePath(arguments[0], arguments.state)
        let fallback = arguments.optional(1)
        let isCaseSensitive = try arguments.flag(2)
        func key(_ item: Value) throws -> Value {
            let key = try path.value(of: item, default: fallback)
            return isCaseSensitive ? key : key.ignoringCase
        }
        let sorted = try Sorting.sorted(try value.elements(), by: key)
        var groups: [(key: Value, items: ContiguousArray<Value>)] = []
        for item in sorted {
            let key = try key(item)
            if let last = groups.last, try last.key.isEqual(to: key) {
                groups[groups.count - 1].items.append(item)
            } else {
                groups.append((key, [item]))
            }
        }
        try arguments.state.charge(items: sorted.count + groups.count)
        return .list(
            try groups.map { group in
                let shown = try path.value(of: group.items[0], default: fallback)
                return .tuple(
                    TupleValue([shown, .list(ListValue(group.items))], fieldNames: ["grouper", "list"]))
            })
    }
}
