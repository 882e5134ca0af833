/// A number of either kind, for operations that mix them.
enum Number: Equatable {
    case int(Int)
    case double(Double)

    static func == (first: Number, second: Number) -> Bool {
        switch (first, second) {
        case (.int(let one), .int(let two)): one == two
        case (.double(let one), .double(let two)): one == two
        case (.int(let one), .double(let two)), (.double(let two), .int(let one)):
            Int(exactly: two) == one
        }
    }

    static func isLess(_ first: Number, _ second: Number) -> Bool {
        switch (first, second) {
        case (.int(let one), .int(let two)): one < two
        case (.int(let one), .double(let two)): isInteger(one, lessThan: two)
        case (.double(let one), .int(let two)):
            !one.isNaN && !isInteger(two, lessThan: one) && Int(exactly: one) != two
        case (.double(let one), .double(let two)): one < two
        }
    }

    /// Exact even where the integer has no exact floating-point form.
    private static func isInteger(_ one: Int, lessThan two: Double) -> Bool {
        if two.isNaN { return false }
        if two >= 0x1p63 { return true }
        if two < -0x1p63 { return false }
        return one < Int(two.rounded(.up))
    }

    var value: Value {
        switch self {
        case .int(let int): .int(int)
        case .double(let double): .double(double)
        }
    }

    var doubleValue: Double {
        switch self {
        case .int(let int): Double(int)
        case .double(let double): double
        }
    }
}

extension Value {
    /// The number of an integer, float or truth value.
    var number: Number? {
        switch self {
        case .int(let int): .int(int)
        case .double(let double): .double(double)
        case .bool(let flag): .int(flag ? 1 : 0)
        default: nil
        }
    }

    /// Python's `==`.
    func isEqual(to other: Value, depth: Int = 0) throws -> Bool {
        // The frequent cases first, and without a copy of both for the pair below.
        switch self {
        case .string(let one): if case .string(let two) = other { return Text.isSame(one, two) }
        case .int(let one): if case .int(let two) = other { return one == two }
        case .none: if case .none = other { return true }
        default: break
        }
        switch (self, other) {
        case (.int(let one), .int(let two)): return one == two
        case (.string(let one), .string(let two)), (.string(let one), .markup(let two)),
            (.markup(let one), .string(let two)), (.markup(let one), .markup(let two)):
            return Text.isSame(one, two)
        case (.none, .none): return true
        case (.undefined(let one), _):
            try one.requireLenient()
            return other.isUndefined
        case (_, .undefined(let two)):
            try two.requireLenient()
            return false
        case (.list(let one), .list(let two)):
            // Lists of different lengths are told apart at once, tuples only behind their items.
            return try one === two
                || one.items.count == two.items.count && Self.areEqual(one.items, two.items, depth: depth)
        case (.tuple(let one), .tuple(let two)):
            return try Self.areEqual(one.items, two.items, depth: depth)
        case (.dict(let one), .dict(let two)):
            return try one === two || Self.areEqual(one, two, depth: depth)
        case (.object(let one), .object(let two)): return try one.isEqual(to: two)
        default:
            guard let one = number, let two = other.number else { return false }
            return one == two
        }
    }

    private static func areEqual(
        _ first: ContiguousArray<Value>, _ second: ContiguousArray<Value>, depth: Int
    ) throws -> Bool {
        try requireDepth(depth)
        for (one, two) in zip(first, second) where try !one.isEqual(to: two, depth: depth + 1) { return false }
        return first.count == second.count
    }

    private static func areEqual(_ first: DictValue, _ second: DictValue, depth: Int) throws -> Bool {
        guard first.count == second.count else { return false }
        try requireDepth(depth)
        for (key, value) in zip(first.keys, first.values) {
            guard let other = second.value(for: key), try value.isEqual(to: other, depth: depth + 1)
            else {
                return false
            }
        }
        return true
    }

    /// The deepest nesting of collections that is compared, printed or encoded.
    static let maximumDepth = 400

    /// Fails before a nested collection exhausts the stack.
    static func requireDepth(_ depth: Int) throws {
        if depth > maximumDepth {
            throw EvaluationError.limit("a collection is nested more than \(maximumDepth) deep")
        }
    }

    /// Python's `<`, `<=`, `>` or `>=`.
    func isOrdered(_ operation: ComparisonOperator, _ other: Value) throws -> Bool {
        if case .int(let one) = self, case .int(let two) = other {
            switch operation {
            case .less: return one < two
            case .greater: return one > two
            case .lessOrEqual: return one <= two
            default: return one >= two
            }
        }
        let symbol = operation.rawValue
        switch operation {
        case .less: return try isLess(than: other, symbol: symbol)
        case .greater: return try other.isLess(than: self, symbol: symbol, swapped: true)
        case .lessOrEqual: return try isLessOrEqual(to: other, symbol: symbol)
        default: return try other.isLessOrEqual(to: self, symbol: symbol, swapped: true)
        }
    }

    private func isLessOrEqual(to other: Value, symbol: String, swapped: Bool = false) throws -> Bool {
        if let one = number, let two = other.number { return Number.isLess(one, two) || one == two }
        return try isLess(than: other, symbol: symbol, swapped: swapped) || isEqual(to: other)
    }

    /// Python's ordering of two values of one kind.
    func isLess(than other: Value, symbol: String = "<", swapped: Bool = false, depth: Int = 0) throws
        -> Bool
    {
        if let one = number, let two = other.number { return Number.isLess(one, two) }
        if let one = stringValue, let two = other.stringValue { return Text.isBefore(one, two) }
        switch (self, other) {
        case (.list(let one), .list(let two)):
            return try Self.precedes(one.items, two.items, symbol: symbol, swapped: swapped, depth: depth)
        case (.tuple(let one), .tuple(let two)):
            return try Self.precedes(one.items, two.items, symbol: symbol, swapped: swapped, depth: depth)
        case (.undefined(let undefined), _), (_, .undefined(let undefined)): throw undefined.error
        default:
            let (left, right) = swapped ? (other, self) : (self, other)
            throw EvaluationError.type(
                "'\(symbol)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'")
        }
    }

    private static func precedes(
        _ first: ContiguousArray<Value>, _ second: ContiguousArray<Value>, symbol: String,
        swapped: Bool, depth: Int
    ) throws -> Bool {
        try requireDepth(depth)
        for (one, two) in zip(first, second) where try !one.isEqual(to: two, depth: depth + 1) {
            return try one.isLess(than: two, symbol: symbol, swapped: swapped, depth: depth + 1)
        }
        return first.count < second.count
    }

    /// Python's `in`, with the container on the right.
    func isContained(in container: Value) throws -> Bool {
        switch container {
        case .string(let text), .markup(let text):
            guard let needle = stringValue else {
                if case .undefined(let undefined) = self { throw undefined.error }
                throw EvaluationError.type("'in <string>' requires string as left operand, not \(typeName)")
            }
            return Text.contains(text, needle)
        case .dict(let mapping):
            try requireHashable()
            return mapping.position(of: self) != nil
        default:
            for item in try container.elements(
                "argument of type '\(container.typeName)' is not a container or iterable")
            where try item.isEqual(to: self) {
                return true
            }
            return false
        }
    }
}
