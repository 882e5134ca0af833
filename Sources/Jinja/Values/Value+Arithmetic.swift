/// The arithmetic operators.
enum ArithmeticOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
}

extension Value {
    /// Applies an arithmetic operator as Python does.
    /// - Throws: `EvaluationError` for operands that do not support it, division by zero, an integer that
    ///   leaves 64 bits, and repetition beyond the limits.
    static func arithmetic(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value, in state: RenderState
    ) throws -> Value {
        if case .int(let one) = left, case .int(let two) = right {
            return try integer(operation, one, two)
        }
        if let one = left.number, let two = right.number {
            if case .int(let one) = one, case .int(let two) = two {
                return try integer(operation, one, two)
            }
            return try floating(operation, one.doubleValue, two.doubleValue)
        }
        if case .undefined(let undefined) = left { throw undefined.error }
        switch operation {
        case .modulo where left.stringValue != nil:
            return try PercentFormat.apply(left, right, in: state)
        case .add:
            if let sum = try concatenation(left, right, in: state) { return sum }
        case .multiply:
            if let product = try repetition(left, right, in: state) { return product }
        default: break
        }
        if case .undefined(let undefined) = right { throw undefined.error }
        throw unsupported(operation, left, right)
    }

    private static func unsupported(
        _ operation: ArithmeticOperator, _ left: Value, _ right: Value
    ) -> EvaluationError {
        if operation == .add, left.stringValue != nil {
            return .type("can only concatenate str (not \"\(right.typeName)\") to str")
        }
        if operation == .add, case .list = left {
            return .type("can only concatenate list (not \"\(right.typeName)\") to list")
        }
        if operation == .add, case .tuple = left {
            return .type("can only concatenate tuple (not \"\(right.typeName)\") to tuple")
        }
        let symbol = operation == .power ? "** or pow()" : operation.rawValue
        return .type(
            "unsupported operand type(s) for \(symbol): '\(left.typeName)' and '\(right.typeName)'")
    }

    private static func integer(_ operation: ArithmeticOperator, _ one: Int, _ two: Int) throws
        -> Value
    {
        let result: (partialValue: Int, overflow: Bool)
        switch operation {
        case .add: result = one.addingReportingOverflow(two)
        case .subtract: result = one.subtractingReportingOverflow(two)
        case .multiply: result = one.multipliedReportingOverflow(by: two)
        case .divide:
            guard two != 0 else { throw EvaluationError.value("division by zero") }
            return .double(FloatMath.quotient(one, two))
        case .floorDivide:
            guard two != 0 else { throw EvaluationError.value("integer division or modulo by zero") }
            result = one.dividedReportingOverflow(by: two)
            if !result.overflow, one % two != 0, (one < 0) != (two < 0) {
                return .int(result.partialValue - 1)
            }
        case .modulo:
            guard two != 0 else { throw EvaluationError.value("integer modulo by zero") }
            if two == -1 { return .int(0) }
            let rest = one % two
            return .int(rest != 0 && (rest < 0) != (two < 0) ? rest + two : rest)
        case .power: return try power(one, two)
        }
        if result.overflow { throw overflow(operation.rawValue) }
        return .int(result.partialValue)
    }

    private static func overflow(_ symbol: String) -> EvaluationError {
        .value("the result of `\(symbol)` does not fit a 64-bit integer")
    }

    private static func power(_ base: Int, _ exponent: Int) throws -> Value {
        guard exponent >= 0 else {
            guard base != 0 else { throw EvaluationError.value("zero to a negative power") }
            return .double(FloatMath.power(Double(base), Double(exponent)))
        }
        var result = 1
        var factor = base
        var remaining = exponent
        while remaining > 0 {
            if remaining & 1 == 1 {
                let (product, overflowed) = result.multipliedReportingOverflow(by: factor)
                if overflowed { throw overflow("**") }
                result = product
            }
            remaining >>= 1
            guard remaining > 0 else { break }
            let (square, overflowed) = factor.multipliedReportingOverflow(by: factor)
            if overflowed { throw overflow("**") }
            factor = square
        }
        return .int(result)
    }

    private static func floating(_ operation: ArithmeticOperator, _ one: Double, _ two: Double) throws
        -> Value
    {
        switch operation {
        case .add: return .double(one + two)
        case .subtract: return .double(one - two)
        case .multiply: return .double(one * two)
        case .divide:
            guard two != 0 else { throw EvaluationError.value("division by zero") }
            return .double(one / two)
        case .floorDivide:
            guard two != 0 else { throw EvaluationError.value("float floor division by zero") }
            return .double(FloatMath.floorDivision(one, two))
        case .modulo:
            guard two != 0 else { throw EvaluationError.value("float modulo by zero") }
            return .double(FloatMath.modulo(one, two))
        case .power:
            guard one != 0 || two >= 0 else { throw EvaluationError.value("zero to a negative power") }
            guard one >= 0 || two.rounded() == two || two.isInfinite else {
                throw EvaluationError.value("a negative number to a fractional power is complex")
            }
            let result = FloatMath.power(one, two)
            if result.isInfinite, one.isFinite, two.isFinite {
                throw EvaluationError.value("the result of `**` is out of range")
            }
            return .double(result)
        }
    }

    /// `+` of texts, lists and tuples; `nil` where there is no such sum.
    private static func concatenation(_ left: Value, _ right: Value, in state: RenderState) throws
        -> Value?
    {
        switch (left, right) {
        case (.string(let one), .string(let two)):
            try state.charge(bytes: one.utf8.count + two.utf8.count)
            return .string(one + two)
        case (.markup(let one), .markup(let two)): return .markup(one + two)
        case (.markup(let one), .string(let two)): return .markup(one + HTML.escaped(two))
        case (.string(let one), .markup(let two)): return .markup(HTML.escaped(one) + two)
        case (.markup, .undefined(let undefined)) where undefined.behavior == .chainable: return left
        case (.list(let one), .list(let two)):
            try state.charge(items: one.items.count + two.items.count)
            return .list(ListValue(one.items + two.items))
        case (.tuple(let one), .tuple(let two)):
            try state.charge(items: one.items.count + two.items.count)
            return .tuple(TupleValue(one.items + two.items))
        default: return nil
        }
    }

    /// `*` of a text, list or tuple and an integer; `nil` where there is no such product.
    private static func repetition(_ left: Value, _ right: Value, in state: RenderState) throws
        -> Value?
    {
        guard let count = right.integerValue else {
            guard left.integerValue != nil, right.integerValue == nil, right.isRepeatable else {
                return nil
            }
            return try repetition(right, left, in: state)
        }
        let times = max(0, count)
        switch left {
        case .string(let text):
            try state.charge(repeating: text.utf8.count, times: times)
            return .string(repeated(text, times))
        case .markup(let text):
            try state.charge(repeating: text.utf8.count, times: times)
            return .markup(repeated(text, times))
        case .list(let list):
            try state.charge(repeating: list.items.count * MemoryLayout<Value>.stride, times: times)
            return .list(ListValue(repeated(list.items, times)))
        case .tuple(let tuple):
            try state.charge(repeating: tuple.items.count * MemoryLayout<Value>.stride, times: times)
            return .tuple(TupleValue(repeated(tuple.items, times)))
        default: return nil
        }
    }

    private var isRepeatable: Bool {
        switch self {
        case .string, .markup, .list, .tuple: true
        default: false
        }
    }

    /// `String(repeating:count:)` takes its time for every repetition of nothing, and nothing costs no budget.
    private static func repeated(_ text: String, _ times: Int) -> String {
        text.isEmpty ? "" : String(repeating: text, count: times)
    }

    private static func repeated(_ items: ContiguousArray<Value>, _ times: Int) -> ContiguousArray<
        Value
    > {
        guard !items.isEmpty else { return [] }
        var result: ContiguousArray<Value> = []
        result.reserveCapacity(items.count * times)
        for _ in 0..<times { result.append(contentsOf: items) }
        return result
    }

    /// Python's unary minus.
    func negated() throws -> Value {
        switch self {
        case .int(let int):
            guard int != .min else { throw Self.overflow("-") }
            return .int(-int)
        case .double(let double): return .double(-double)
        case .bool(let flag): return .int(flag ? -1 : 0)
        case .undefined(let undefined): throw undefined.error
        default: throw EvaluationError.type("bad operand type for unary -: '\(typeName)'")
        }
    }

    /// Python's unary plus.
    func plus() throws -> Value {
        switch self {
        case .int, .double: return self
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .undefined(let undefined): throw undefined.error
        default: throw EvaluationError.type("bad operand type for unary +: '\(typeName)'")
        }
    }
}
