/// Text, copied as it is.
final class TextNode: StatementNode {
    private let bytes: [UInt8]
    private let range: SourceRange
    let depth = 1

    init(_ bytes: [UInt8], _ range: SourceRange) {
        self.bytes = bytes
        self.range = range
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.state.output.append(bytes)
        do { try frame.state.requireOutputBudget() } catch { throw frame.located(error, range) }
        return .normal
    }
}

/// `{{ … }}`.
final class OutputNode: StatementNode {
    private let expression: any ExpressionNode
    /// The expression where it is a call.
    private let call: CallNode?
    /// `nil` where only the evaluation knows how output is escaped.
    private let escape: EscapeMode?
    let depth: Int

    init(_ expression: any ExpressionNode, escape: EscapeMode?) {
        self.expression = expression
        call = expression as? CallNode
        self.escape = escape
        depth = expression.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        if let call {
            // What a macro or block prints goes straight to the output.
            guard let value = try call.evaluate(frame, printing: true) else { return .normal }
            try write(value, frame)
        } else {
            try write(try expression.evaluate(frame), frame)
        }
        return .normal
    }

    @inline(__always)
    private func write(_ value: Value, _ frame: Frame) throws {
        do {
            try frame.state.step()
            try frame.state.write(value, escape ?? frame.escape)
        } catch {
            throw frame.located(error, expression.range)
        }
    }
}

/// Output and text that is dropped once the template extends another.
final class GuardedNode: StatementNode {
    private let statement: any StatementNode
    let depth: Int

    init(_ statement: any StatementNode) {
        self.statement = statement
        depth = statement.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.parentTemplate == nil ? try statement.execute(frame) : .normal
    }
}

/// `if`.
final class IfNode: StatementNode {
    private let branches: [(test: any ExpressionNode, body: FunctionCode.Sequence)]
    private let otherwise: FunctionCode.Sequence
    let depth: Int

    init(
        _ branches: [(test: any ExpressionNode, body: FunctionCode.Sequence)],
        otherwise: FunctionCode.Sequence
    ) {
        self.branches = branches
        self.otherwise = otherwise
        depth =
            (branches.map { max($0.test.depth, $0.body.depth) } + [otherwise.depth]).max().map { $0 + 1 }
            ?? 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        for index in branches.indices {
            let truth: Bool
            let value = try branches[index].test.evaluate(frame)
            do { truth = try value.isTrue() } catch { throw frame.located(error, branches[index].test.range) }
            if truth { return try branches[index].body.execute(frame) }
        }
        return try otherwise.execute(frame)
    }
}

/// `do`.
final class DoNode: StatementNode {
    private let expression: any ExpressionNode
    let depth: Int

    init(_ expression: any ExpressionNode) {
        self.expression = expression
        depth = expression.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        _ = try expression.evaluate(frame)
        return .normal
    }
}

/// `break` or `continue`.
final class LoopControlNode: StatementNode {
    private let completion: Completion
    let depth = 1

    init(_ completion: Completion) {
        self.completion = completion
    }

    func execute(_ frame: Frame) throws -> Completion { completion }
}

/// Where an assignment goes.
indirect enum TargetNode: Sendable {
    case slot(Int)
    case exported(Int, name: String)
    case tuple([TargetNode], SourceRange)
    case attribute(namespace: any ExpressionNode, name: String, SourceRange)

    func assign(_ value: Value, _ frame: Frame) throws {
        switch self {
        case .slot(let slot): frame[slot] = value
        case .exported(let slot, let name):
            frame[slot] = value
            frame.context.assign(name, value, exports: true)
        case .tuple(let targets, let range): try unpack(value, targets, range, frame)
        case .attribute(let namespace, let name, let range):
            guard case .object(let object) = try namespace.evaluate(frame),
                let space = object as? NamespaceObject
            else {
                throw frame.located(
                    EvaluationError(.runtime, "cannot assign attribute on non-namespace object"), range)
            }
            space.values.set(name, value)
        }
    }

    private func unpack(_ value: Value, _ targets: [TargetNode], _ range: SourceRange, _ frame: Frame)
        throws
    {
        let items: ContiguousArray<Value>
        do {
            items = try value.elements("cannot unpack non-iterable \(value.typeName) object")
            guard items.count == targets.count else {
                let message =
                    items.count > targets.count
                    ? "too many values to unpack (expected \(targets.count))"
                    : "not enough values to unpack (expected \(targets.count), got \(items.count))"
                throw EvaluationError.value(message)
            }
        } catch { throw frame.located(error, range) }
        for (target, item) in zip(targets, items) { try target.assign(item, frame) }
    }
}

/// `set name = value`.
final class SetNode: StatementNode {
    private let target: TargetNode
    private let value: any ExpressionNode
    let depth: Int

    init(_ target: TargetNode, _ value: any ExpressionNode) {
        self.target = target
        self.value = value
        depth = value.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        try target.assign(try value.evaluate(frame), frame)
        return .normal
    }
}

/// `set name` … `endset`, also with filters.
final class SetBlockNode: StatementNode {
    private let target: TargetNode
    private let captureSlot: Int
    private let entry: ScopeEntry
    private let body: FunctionCode.Sequence
    private let filter: any ExpressionNode
    private let range: SourceRange
    let depth: Int

    init(
        _ target: TargetNode, captureSlot: Int, entry: ScopeEntry, body: FunctionCode.Sequence,
        filter: any ExpressionNode, _ range: SourceRange
    ) {
        self.target = target
        self.captureSlot = captureSlot
        self.entry = entry
        self.body = body
        self.filter = filter
        self.range = range
        depth = max(body.depth, filter.depth) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.enter(entry)
        frame[captureSlot] = try frame.captured(body, range)
        var value = try filter.evaluate(frame)
        if frame.escape != .none, case .string(let text) = value { value = .markup(text) }
        try target.assign(value, frame)
        return .normal
    }
}

/// `filter` … `endfilter`.
final class FilterBlockNode: StatementNode {
    private let captureSlot: Int
    private let entry: ScopeEntry
    private let body: FunctionCode.Sequence
    private let output: any StatementNode
    private let range: SourceRange
    let depth: Int

    init(
        captureSlot: Int, entry: ScopeEntry, body: FunctionCode.Sequence, output: any StatementNode,
        _ range: SourceRange
    ) {
        self.captureSlot = captureSlot
        self.entry = entry
        self.body = body
        self.output = output
        self.range = range
        depth = max(body.depth, output.depth) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.enter(entry)
        frame[captureSlot] = try frame.captured(body, range)
        return try output.execute(frame)
    }
}

extension Frame {
    /// The output of a body as a value that is safe where output is escaped.
    func captured(_ body: FunctionCode.Sequence, _ range: SourceRange) throws -> Value {
        do {
            let text = try state.capture { _ = try body.execute(self) }
            return escape == .none ? .string(text) : .markup(text)
        } catch {
            throw located(error, range)
        }
    }
}

/// `with`.
final class WithNode: StatementNode {
    private let entry: ScopeEntry
    private let assignments: [(target: TargetNode, value: any ExpressionNode)]
    private let body: FunctionCode.Sequence
    let depth: Int

    init(
        entry: ScopeEntry, _ assignments: [(target: TargetNode, value: any ExpressionNode)],
        body: FunctionCode.Sequence
    ) {
        self.entry = entry
        self.assignments = assignments
        self.body = body
        depth = max(body.depth, assignments.map(\.value.depth).max() ?? 0) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.enter(entry)
        for (target, value) in assignments { try target.assign(try value.evaluate(frame), frame) }
        return try body.execute(frame)
    }
}

/// `autoescape`.
final class AutoescapeNode: StatementNode {
    private let mode: any ExpressionNode
    private let entry: ScopeEntry
    private let body: FunctionCode.Sequence
    let depth: Int

    init(_ mode: any ExpressionNode, entry: ScopeEntry, body: FunctionCode.Sequence) {
        self.mode = mode
        self.entry = entry
        self.body = body
        depth = max(mode.depth, body.depth) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        frame.enter(entry)
        let value = try mode.evaluate(frame)
        let evaluation = frame.context.evaluation
        let outer = evaluation.escape
        do {
            evaluation.escape = try EscapeMode(
                statement: value, environment: frame.state.environment.options.autoescape)
        } catch { throw frame.located(error, mode.range) }
        defer { evaluation.escape = outer }
        return try body.execute(frame)
    }
}

extension EscapeMode {
    /// The mode that an `autoescape` statement names: `false`, `true` (the environment's own mode, or HTML), or one
    /// of "none", "html", "json" and "yaml".
    init(statement value: Value, environment: EscapeMode) throws {
        if let name = value.stringValue, let mode = EscapeMode(rawValue: name) {
            self = mode
        } else if try value.isTrue() {
            self = environment == .none ? .html : environment
        } else {
            self = .none
        }
    }
}
