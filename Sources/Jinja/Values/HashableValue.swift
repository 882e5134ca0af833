/// A value as a dictionary key: Python's equality and hashing, in which `1`, `1.0` and `True` are one key.
struct HashableValue: Hashable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    static func == (first: HashableValue, second: HashableValue) -> Bool {
        first.value.isSameKey(as: second.value)
    }

    func hash(into hasher: inout Hasher) {
        value.hashKey(into: &hasher)
    }
}

extension Value {
    /// Fails for lists and mappings, which cannot be keys.
    func requireHashable() throws {
        switch self {
        case .list, .dict: throw EvaluationError.type("unhashable type: '\(typeName)'")
        case .tuple(let tuple): for item in tuple.items { try item.requireHashable() }
        case .undefined(let undefined): try undefined.requireLenient()
        default: return
        }
    }

    fileprivate func isSameKey(as other: Value) -> Bool {
        switch (self, other) {
        case (.string(let one), .string(let two)), (.string(let one), .markup(let two)),
            (.markup(let one), .string(let two)), (.markup(let one), .markup(let two)):
            return Text.isSame(one, two)
        case (.tuple(let one), .tuple(let two)):
            return one.items.elementsEqual(two.items) { $0.isSameKey(as: $1) }
        case (.none, .none), (.undefined, .undefined): return true
        case (.object(let one), .object(let two)): return one === two
        default:
            guard let one = number, let two = other.number else { return false }
            return one == two
        }
    }

    fileprivate func hashKey(into hasher: inout Hasher) {
        switch self {
        case .string(let text), .markup(let text): Text.hash(text, into: &hasher)
        case .tuple(let tuple): for item in tuple.items { item.hashKey(into: &hasher) }
        case .none, .undefined: hasher.combine(0)
        case .object(let object): hasher.combine(ObjectIdentifier(object))
        case .double(let double):
            // A float equal to an integer has that integer's hash.
            if let exact = Int(exactly: double) { hasher.combine(exact) } else { hasher.combine(double) }
        case .int(let int): hasher.combine(int)
        case .bool(let flag): hasher.combine(flag ? 1 : 0)
        case .list, .dict: hasher.combine(1)
        }
    }
}
