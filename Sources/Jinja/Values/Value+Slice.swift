extension Value {
    /// Python's `value[start:stop:step]`.
    func sliced(_ start: Value?, _ stop: Value?, _ step: Value?) throws -> Value {
        // What is undefined says so before its bounds are looked at.
        if case .undefined(let undefined) = self {
            guard undefined.behavior == .chainable else { throw undefined.error }
            return self
        }
        let bounds = try SliceBounds(start, stop, step)
        switch self {
        case .list(let list): return .list(ListValue(bounds.select(list.items)))
        case .tuple(let tuple): return .tuple(TupleValue(bounds.select(tuple.items)))
        case .string(let text): return .string(bounds.select(text))
        case .markup(let text): return .markup(bounds.select(text))
        case .object(let range as RangeObject): return .object(range.sliced(bounds))
        case .dict: throw EvaluationError.type("unhashable type: 'slice'")
        default: throw EvaluationError.type("'\(typeName)' object is not subscriptable")
        }
    }
}

/// The bounds of a slice before the length of the sequence is known.
struct SliceBounds {
    private let start: Int?
    private let stop: Int?
    private let step: Int

    init(_ start: Value?, _ stop: Value?, _ step: Value?) throws {
        self.start = try Self.bound(start)
        self.stop = try Self.bound(stop)
        self.step = try Self.bound(step) ?? 1
        if self.step == 0 { throw EvaluationError.value("slice step cannot be zero") }
    }

    private static func bound(_ value: Value?) throws -> Int? {
        guard let value, !value.isNone else { return nil }
        guard let number = value.integerValue else {
            throw EvaluationError.type(
                "slice indices must be integers or None or have an __index__ method")
        }
        return number
    }

    /// The first position, the position to stop before, and the step, for a sequence of a length.
    func resolved(count: Int) -> (start: Int, stop: Int, step: Int) {
        let isForward = step > 0
        let lowest = isForward ? 0 : -1
        let highest = isForward ? count : count - 1
        func clamp(_ value: Int?, default fallback: Int) -> Int {
            guard let value else { return fallback }
            return min(max(value < 0 ? value &+ count : value, lowest), highest)
        }
        return (
            clamp(start, default: isForward ? lowest : highest),
            clamp(stop, default: isForward ? highest : lowest),
            step
        )
    }

    /// The bounds of a search as `str.find` reads them: a start behind the end stays there, and nothing is found.
    func searched(count: Int) -> (start: Int, stop: Int) {
        func position(_ value: Int) -> Int { value < 0 ? max(0, value &+ count) : value }
        return (position(start ?? 0), min(position(stop ?? count), count))
    }

    func select(_ items: ContiguousArray<Value>) -> ContiguousArray<Value> {
        let (start, stop, step) = resolved(count: items.count)
        if step == 1 { return start < stop ? ContiguousArray(items[start..<stop]) : [] }
        return ContiguousArray(Self.positions(start, stop, step).map { items[$0] })
    }

    func select(_ text: String) -> String {
        let scalars = Text.scalars(text)
        let (start, stop, step) = resolved(count: scalars.count)
        if step == 1 { return start < stop ? Text.string(scalars[start..<stop]) : "" }
        return Text.string(Self.positions(start, stop, step).map { scalars[$0] })
    }

    private static func positions(_ start: Int, _ stop: Int, _ step: Int) -> [Int] {
        var result: [Int] = []
        var position = start
        while step > 0 ? position < stop : position > stop {
            result.append(position)
            let (next, overflowed) = position.addingReportingOverflow(step)
            if overflowed { break }
            position = next
        }
        return result
    }
}
