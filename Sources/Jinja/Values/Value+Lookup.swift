extension Value {
    /// The elements that a loop visits.
    /// - Parameter message: what is said of a value that cannot be iterated.
    /// - Throws: `EvaluationError` for values that cannot be iterated.
    func elements(_ message: String? = nil) throws -> ContiguousArray<Value> {
        switch self {
        case .list(let list): return list.items
        case .tuple(let tuple): return tuple.items
        case .dict(let mapping): return mapping.keys
        case .string(let text), .markup(let text): return Text.characters(text)
        case .undefined(let undefined):
            try undefined.requireLenient()
            return []
        case .object(let object):
            if let elements = try object.elements() { return elements }
        default: break
        }
        throw EvaluationError.type(message ?? "'\(typeName)' object is not iterable")
    }

    /// Whether a loop can visit it.
    var isIterable: Bool {
        switch self {
        case .list, .tuple, .dict, .string, .markup: true
        case .undefined(let undefined): undefined.behavior != .strict
        case .object(let object): object.count != nil || object is GeneratorObject
        default: false
        }
    }

    /// Python's `len`.
    func length() throws -> Int {
        switch self {
        case .string(let text), .markup(let text): return Text.length(text)
        case .list(let list): return list.items.count
        case .tuple(let tuple): return tuple.items.count
        case .dict(let mapping): return mapping.count
        case .undefined(let undefined):
            try undefined.requireLenient()
            return 0
        case .object(let object):
            if let count = object.count { return count }
        default: break
        }
        throw EvaluationError.type("object of type '\(typeName)' has no len()")
    }

    /// `value.name`: the attribute, else the item.
    func attribute(_ name: String, in state: RenderState) throws -> Value {
        switch self {
        case .dict(let mapping):
            if let value = mapping[name], !DictMethods.contains(name) { return value }
        case .undefined(let undefined):
            guard undefined.behavior == .chainable else { throw undefined.error }
            return self
        default: break
        }
        if let attribute = try ownAttribute(name) { return attribute }
        if let item = try subscripted(by: .string(name)) { return item }
        return state.undefined(member: .string(name), of: self)
    }

    /// `value[key]`: the item, else the attribute of that name.
    func item(_ key: Value, in state: RenderState) throws -> Value {
        if case .undefined(let undefined) = self {
            guard undefined.behavior == .chainable else { throw undefined.error }
            return self
        }
        if let item = try subscripted(by: key) { return item }
        if let name = key.stringValue, let attribute = try ownAttribute(name) { return attribute }
        return state.undefined(member: key, of: self)
    }

    /// A method or attribute of the value itself, without looking at its items.
    func ownAttribute(_ name: String) throws -> Value? {
        switch self {
        case .object(let object): return try object.attribute(name)
        case .tuple(let tuple):
            if let index = tuple.fieldNames.firstIndex(of: name) { return tuple.items[index] }
        case .int, .bool:
            if name == "real" || name == "numerator" { return integerValue.map { .int($0) } }
            if name == "imag" { return .int(0) }
            if name == "denominator" { return .int(1) }
        case .double:
            if name == "real" { return self }
            if name == "imag" { return .double(0) }
        default: break
        }
        guard Methods.exists(name, on: self) else { return nil }
        return .object(BoundMethod(receiver: self, name: name))
    }

    /// The item of a key, or `nil` where there is none or the value has no items.
    func subscripted(by key: Value) throws -> Value? {
        switch self {
        case .dict(let mapping):
            // An unhashable key is no key; Jinja2 answers with undefined, too.
            if case .list = key { return nil }
            if case .dict = key { return nil }
            return mapping.value(for: key)
        case .list(let list): return Self.element(list.items, key.integerValue)
        case .tuple(let tuple): return Self.element(tuple.items, key.integerValue)
        case .string(let text), .markup(let text):
            guard let index = key.integerValue else { return nil }
            let wrapped: (String) -> Value = isMarkup ? { .markup($0) } : { .string($0) }
            let scalars = Text.scalars(text)
            let position = index < 0 ? index + scalars.count : index
            return scalars.indices.contains(position) ? wrapped(String(scalars[position])) : nil
        case .object(let object): return try object.item(key)
        default: return nil
        }
    }

    /// Whether this is safe text.
    public var isMarkup: Bool {
        if case .markup = self { return true }
        return false
    }

    static func element(_ items: ContiguousArray<Value>, _ index: Int?) -> Value? {
        guard let index else { return nil }
        let position = index < 0 ? index &+ items.count : index
        return items.indices.contains(position) ? items[position] : nil
    }
}
