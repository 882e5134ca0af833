/// The methods of Python's built-in types that templates call.
enum Methods {
    /// Whether a value has a method of a name.
    static func exists(_ name: String, on value: Value) -> Bool {
        switch value {
        case .string, .markup: TextMethods.contains(name)
        case .list: ListMethods.contains(name)
        case .dict: DictMethods.contains(name)
        case .tuple, .object(is RangeObject): name == "count" || name == "index"
        case .int, .bool: NumberMethods.integerNames.contains(name)
        case .double: NumberMethods.floatNames.contains(name)
        default: false
        }
    }

    /// Calls a method that exists.
    static func call(
        _ name: String, on value: Value, _ arguments: CallArguments, in state: RenderState
    ) throws -> Value {
        switch value {
        case .string(let text):
            return try TextMethods.call(name, text, arguments, isMarkup: false, state)
        case .markup(let text):
            return try TextMethods.call(name, text, arguments, isMarkup: true, state)
        case .list(let list): return try ListMethods.call(name, list, arguments, state)
        case .dict(let mapping): return try DictMethods.call(name, mapping, arguments, state)
        case .tuple(let tuple): return try search(name, tuple.items, arguments, "tuple", state)
        case .object(let range as RangeObject):
            return try search(name, try range.elements() ?? [], arguments, "range", state)
        case .int, .bool: return try NumberMethods.call(name, value.integerValue ?? 0, arguments, state)
        case .double(let number): return try NumberMethods.call(name, number, arguments, state)
        default: throw EvaluationError.type("'\(value.typeName)' object has no method '\(name)'")
        }
    }

    /// `count` and `index` of sequences.
    static func search(
        _ name: String, _ items: ContiguousArray<Value>, _ arguments: CallArguments, _ type: String,
        _ state: RenderState
    ) throws -> Value {
        let hasBounds = name == "index" && type != "range"
        let bounds: [Signature.Parameter] = hasBounds ? [.optional("start"), .optional("stop")] : []
        let bound = try bind(Signature([.required("value")] + bounds), arguments, name, state)
        if name == "count" {
            return .int(try items.reduce(into: 0) { if try $1.isEqual(to: bound[0]) { $0 += 1 } })
        }
        let (start, stop, _) = try SliceBounds(bound[1], bound[2], nil).resolved(count: items.count)
        for index in start..<max(start, stop) where try items[index].isEqual(to: bound[0]) {
            return .int(index)
        }
        throw EvaluationError.value("\(try bound[0].represented()) is not in \(type)")
    }

    /// The methods whose parameters Python knows by name; those of all others are positions only.
    private static let withKeywords: Set<String> = ["split", "rsplit", "splitlines", "expandtabs", "sort"]

    static func bind(
        _ signature: Signature, _ arguments: CallArguments, _ name: String, _ state: RenderState
    ) throws -> Arguments {
        guard arguments.named.isEmpty || withKeywords.contains(name) else {
            throw EvaluationError.type("method `\(name)` takes no keyword arguments")
        }
        return try signature.bind(arguments, callee: "method `\(name)`", in: state)
    }
}
