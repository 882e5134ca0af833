/// How the arguments of a filter or test that was known at compile time reach its parameters.
struct BoundArguments: Sendable {
    let signature: Signature
    /// The expression of each parameter.
    let values: [(any ExpressionNode)?]
    let rest: [any ExpressionNode]
    let named: [(name: String, value: any ExpressionNode)]

    /// Binds arguments whose number and names are known to fit.
    init(_ signature: Signature, _ arguments: ArgumentNodes) {
        self.signature = signature
        let count = signature.parameters.count
        var values = [(any ExpressionNode)?](repeating: nil, count: count)
        for (index, node) in arguments.positional.prefix(count).enumerated() { values[index] = node }
        var others: [(name: String, value: any ExpressionNode)] = []
        for (name, node) in arguments.named {
            if let index = signature.parameters.firstIndex(where: { $0.name == name }) {
                values[index] = node
            } else {
                others.append((name, node))
            }
        }
        while let last = values.last, last == nil { values.removeLast() }
        self.values = values
        rest = Array(arguments.positional.dropFirst(count))
        named = others
    }

    func evaluate(_ frame: Frame) throws -> Arguments {
        var values: ContiguousArray<Value?> = []
        if !self.values.isEmpty {
            values.reserveCapacity(self.values.count)
            for node in self.values { values.append(try node?.evaluate(frame)) }
        }
        var rest: ContiguousArray<Value> = []
        for node in self.rest { rest.append(try node.evaluate(frame)) }
        var named: [(name: String, value: Value)] = []
        for (name, node) in self.named { named.append((name, try node.evaluate(frame))) }
        return Arguments(
            signature: signature, values: values, rest: rest, named: named, state: frame.state)
    }
}

/// The arguments of a filter or test: bound when it was compiled, or when it runs.
enum ArgumentSource: Sendable {
    case bound(BoundArguments)
    case dynamic(ArgumentNodes, Signature, callee: String)

    func evaluate(_ frame: Frame) throws -> Arguments {
        switch self {
        case .bound(let arguments): return try arguments.evaluate(frame)
        case .dynamic(let nodes, let signature, let callee):
            return try signature.bind(try nodes.evaluate(frame), callee: callee, in: frame.state)
        }
    }
}

/// `value | filter(…)`.
final class FilterNode: ExpressionNode {
    private let operand: any ExpressionNode
    private let function: FilterFunction
    private let arguments: ArgumentSource
    /// The filter's name with its arguments, which is what a failure points at.
    private let nameRange: SourceRange
    let range: SourceRange
    let depth: Int

    init(
        _ operand: any ExpressionNode, _ function: @escaping FilterFunction,
        _ arguments: ArgumentSource,
        argumentDepth: Int, nameRange: SourceRange, _ range: SourceRange
    ) {
        self.operand = operand
        self.function = function
        self.arguments = arguments
        self.nameRange = nameRange
        self.range = range
        depth = max(operand.depth, argumentDepth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        do {
            let arguments = try arguments.evaluate(frame)
            try frame.state.step()
            frame.state.escape = frame.escape
            return try function(value, arguments)
        } catch {
            throw frame.located(error, nameRange)
        }
    }
}

/// `value is test(…)`.
final class TestNode: ExpressionNode {
    private let operand: any ExpressionNode
    private let function: TestFunction
    private let arguments: ArgumentSource
    private let nameRange: SourceRange
    let range: SourceRange
    let depth: Int

    init(
        _ operand: any ExpressionNode, _ function: @escaping TestFunction, _ arguments: ArgumentSource,
        argumentDepth: Int, nameRange: SourceRange, _ range: SourceRange
    ) {
        self.operand = operand
        self.function = function
        self.arguments = arguments
        self.nameRange = nameRange
        self.range = range
        depth = max(operand.depth, argumentDepth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        do {
            return .bool(try function(value, try arguments.evaluate(frame)))
        } catch {
            throw frame.located(error, nameRange)
        }
    }
}

/// A filter or test that does not exist, in a branch that may never be taken.
final class UnknownNameNode: ExpressionNode {
    private let error: EvaluationError
    let range: SourceRange
    let depth = 1

    init(_ error: EvaluationError, _ range: SourceRange) {
        self.error = error
        self.range = range
    }

    func evaluate(_ frame: Frame) throws -> Value { throw frame.located(error, range) }
}
