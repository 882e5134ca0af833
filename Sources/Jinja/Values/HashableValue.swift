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
        hasher.combine(value.keyHash)
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

    func isSameKey(as other: Value) -> Bool {
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

    /// A hash that equal keys share.
    var keyHash: Int {
        switch self {
        case .string(let text), .markup(let text): return TextHash.hash(text)
        case .tuple(let tuple): return tuple.items.reduce(1) { TextHash.combined($0, $1.keyHash) }
        case .none, .undefined: return TextHash.hash(0x6E6F_6E65)
        case .object(let object): return TextHash.hash(UInt64(UInt(bitPattern: ObjectIdentifier(object).hashValue)))
        case .double(let double):
            // A float equal to an integer has that integer's hash.
            if let exact = Int(exactly: double) { return TextHash.hash(UInt64(bitPattern: Int64(exact))) }
            return TextHash.hash(double.bitPattern)
        case .int(let int): return TextHash.hash(UInt64(bitPattern: Int64(int)))
        case .bool(let flag): return TextHash.hash(flag ? 1 : 0)
        case .list, .dict: return 1
        }
    }
}
