/// A value known at compile time.
final class ConstantNode: ExpressionNode {
    let constant: Constant
    let range: SourceRange
    let depth = 1

    init(_ constant: Constant, _ range: SourceRange) {
        self.constant = constant
        self.range = range
    }

    func evaluate(_ frame: Frame) throws -> Value { constant.value }
}

/// A variable of the frame itself.
final class NameNode: ExpressionNode {
    let name: String
    let slot: Int
    let range: SourceRange
    let depth = 1

    init(_ name: String, slot: Int, _ range: SourceRange) {
        self.name = name
        self.slot = slot
        self.range = range
    }

    func evaluate(_ frame: Frame) throws -> Value { frame[slot] ?? frame.state.undefined(name) }
}

/// A variable of a function around the frame's own.
final class OuterNameNode: ExpressionNode {
    let name: String
    let reference: VariableReference
    let range: SourceRange
    let depth = 1

    init(_ name: String, _ reference: VariableReference, _ range: SourceRange) {
        self.name = name
        self.reference = reference
        self.range = range
    }

    func evaluate(_ frame: Frame) throws -> Value { frame[reference] ?? frame.state.undefined(name) }
}

/// `[…]` or `(…)`.
final class SequenceNode: ExpressionNode {
    private let items: [any ExpressionNode]
    private let isTuple: Bool
    let range: SourceRange
    let depth: Int

    init(_ items: [any ExpressionNode], isTuple: Bool, _ range: SourceRange) {
        self.items = items
        self.isTuple = isTuple
        self.range = range
        depth = (items.map(\.depth).max() ?? 0) + 1
    }

    /// Whether every element is constant.
    var isConstant: Bool { items.allSatisfy { $0 is ConstantNode } }

    func evaluate(_ frame: Frame) throws -> Value {
        var values: ContiguousArray<Value> = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try item.evaluate(frame)) }
        return isTuple ? .tuple(TupleValue(values)) : .list(ListValue(values))
    }
}

/// `{…}`.
final class DictNode: ExpressionNode {
    private let pairs: [(key: any ExpressionNode, value: any ExpressionNode)]
    let range: SourceRange
    let depth: Int

    init(_ pairs: [(key: any ExpressionNode, value: any ExpressionNode)], _ range: SourceRange) {
        self.pairs = pairs
        self.range = range
        depth = (pairs.map { max($0.key.depth, $0.value.depth) }.max() ?? 0) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let mapping = DictValue()
        for (keyNode, valueNode) in pairs {
            let key = try keyNode.evaluate(frame)
            do { try key.requireHashable() } catch { throw frame.located(error, keyNode.range) }
            mapping.set(key, try valueNode.evaluate(frame))
        }
        return .dict(mapping)
    }
}

/// `+`, `-`, `*`, `/`, `//`, `%` and `**`.
final class ArithmeticNode: ExpressionNode {
    private let operation: ArithmeticOperator
    let left: any ExpressionNode
    let right: any ExpressionNode
    let range: SourceRange
    let depth: Int

    init(
        _ operation: ArithmeticOperator, _ left: any ExpressionNode, _ right: any ExpressionNode,
        _ range: SourceRange
    ) {
        self.operation = operation
        self.left = left
        self.right = right
        self.range = range
        depth = max(left.depth, right.depth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let one = try left.evaluate(frame)
        let two = try right.evaluate(frame)
        do {
            return try Value.arithmetic(operation, one, two, in: frame.state)
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// Unary `-`, `+` and `not`.
final class UnaryNode: ExpressionNode {
    enum Operation { case negate, plus, not }

    private let operation: Operation
    private let operand: any ExpressionNode
    let range: SourceRange
    let depth: Int

    init(_ operation: Operation, _ operand: any ExpressionNode, _ range: SourceRange) {
        self.operation = operation
        self.operand = operand
        self.range = range
        depth = operand.depth + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        do {
            switch operation {
            case .negate: return try value.negated()
            case .plus: return try value.plus()
            case .not: return .bool(try !value.isTrue())
            }
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// `and` and `or`, which answer with one of their operands.
final class LogicNode: ExpressionNode {
    private let isAnd: Bool
    private let left: any ExpressionNode
    private let right: any ExpressionNode
    let range: SourceRange
    let depth: Int

    init(isAnd: Bool, _ left: any ExpressionNode, _ right: any ExpressionNode, _ range: SourceRange) {
        self.isAnd = isAnd
        self.left = left
        self.right = right
        self.range = range
        depth = max(left.depth, right.depth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try left.evaluate(frame)
        let truth: Bool
        do { truth = try value.isTrue() } catch { throw frame.located(error, left.range) }
        return truth == isAnd ? try right.evaluate(frame) : value
    }
}

/// `a ~ b ~ c`.
final class ConcatenateNode: ExpressionNode {
    private let parts: [any ExpressionNode]
    private let escape: EscapeMode
    let range: SourceRange
    let depth: Int

    init(_ parts: [any ExpressionNode], escape: EscapeMode, _ range: SourceRange) {
        self.parts = parts
        self.escape = escape
        self.range = range
        depth = (parts.map(\.depth).max() ?? 0) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        var values: ContiguousArray<Value> = []
        values.reserveCapacity(parts.count)
        for part in parts { values.append(try part.evaluate(frame)) }
        do {
            if escape == .html, values.contains(where: \.isMarkup) {
                return .markup(try values.reduce(into: "") { $0 += try HTML.escaped($1) })
            }
            var text = ""
            for value in values { text += try value.printed() }
            try frame.state.charge(bytes: text.utf8.count)
            return .string(text)
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// `a < b <= c`.
final class CompareNode: ExpressionNode {
    private let first: any ExpressionNode
    private let rest: [(operation: ComparisonOperator, operand: any ExpressionNode)]
    let range: SourceRange
    let depth: Int

    init(
        _ first: any ExpressionNode,
        _ rest: [(operation: ComparisonOperator, operand: any ExpressionNode)],
        _ range: SourceRange
    ) {
        self.first = first
        self.rest = rest
        self.range = range
        depth = max(first.depth, rest.map(\.operand.depth).max() ?? 0) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        var left = try first.evaluate(frame)
        for (operation, operand) in rest {
            let right = try operand.evaluate(frame)
            do {
                guard try Self.holds(operation, left, right) else { return .bool(false) }
            } catch {
                throw frame.located(error, range)
            }
            left = right
        }
        return .bool(true)
    }

    static func holds(_ operation: ComparisonOperator, _ left: Value, _ right: Value) throws -> Bool {
        switch operation {
        case .equal: try left.isEqual(to: right)
        case .notEqual: try !left.isEqual(to: right)
        case .contained: try left.isContained(in: right)
        case .notContained: try !left.isContained(in: right)
        default: try left.isOrdered(operation.rawValue, right)
        }
    }
}

/// `a if test else b`.
final class ConditionalNode: ExpressionNode {
    private let test: any ExpressionNode
    private let then: any ExpressionNode
    private let otherwise: (any ExpressionNode)?
    let range: SourceRange
    let depth: Int

    init(
        _ test: any ExpressionNode, _ then: any ExpressionNode, _ otherwise: (any ExpressionNode)?,
        _ range: SourceRange
    ) {
        self.test = test
        self.then = then
        self.otherwise = otherwise
        self.range = range
        depth = max(test.depth, then.depth, otherwise?.depth ?? 0) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let truth: Bool
        let condition = try test.evaluate(frame)
        do { truth = try condition.isTrue() } catch { throw frame.located(error, test.range) }
        if truth { return try then.evaluate(frame) }
        if let otherwise { return try otherwise.evaluate(frame) }
        // Jinja2 uses the plain undefined here, whatever the environment's is.
        let hint = "the inline if-expression evaluated to false and no else section was defined."
        return .undefined(Undefined(name: "", behavior: .lenient, hint: hint))
    }
}
