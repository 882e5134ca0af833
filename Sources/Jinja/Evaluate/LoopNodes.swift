/// `for` without `recursive`.
final class ForNode: StatementNode {
    private let code: LoopCode
    private let iterable: any ExpressionNode
    private let range: SourceRange
    let depth: Int

    init(_ code: LoopCode, _ iterable: any ExpressionNode, _ range: SourceRange) {
        self.code = code
        self.iterable = iterable
        self.range = range
        depth = max(code.depth, iterable.depth) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        let source: LoopSource
        do {
            source = try LoopSource(try iterable.evaluate(frame), filter: code.filter, frame)
        } catch { throw frame.located(error, iterable.range) }
        do {
            try code.execute(source, depth0: 0, recursion: nil, frame)
        } catch { throw frame.located(error, range) }
        return .normal
    }
}

/// `for … recursive`: the loop is a function that `loop(…)` calls again.
final class RecursiveForNode: StatementNode {
    private let code: LoopCode
    private let function: FunctionCode
    private let iterable: any ExpressionNode
    private let escape: EscapeMode?
    private let range: SourceRange
    let depth: Int

    init(
        _ code: LoopCode, _ function: FunctionCode, _ iterable: any ExpressionNode, escape: EscapeMode?,
        _ range: SourceRange
    ) {
        self.code = code
        self.function = function
        self.iterable = iterable
        self.escape = escape
        self.range = range
        depth = max(code.depth, iterable.depth) + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        let value = try iterable.evaluate(frame)
        let recursion = Recursion(self, frame)
        do {
            let text = try run(value, depth0: 0, recursion, frame)
            try frame.state.write(text, escape ?? frame.escape)
        } catch { throw frame.located(error, range) }
        return .normal
    }

    /// What `loop(…)` needs to call the loop again.
    final class Recursion {
        let node: RecursiveForNode
        let frame: Frame

        init(_ node: RecursiveForNode, _ frame: Frame) {
            self.node = node
            self.frame = frame
        }

        func call(_ value: Value, depth0: Int) throws -> Value {
            try node.run(value, depth0: depth0, self, frame)
        }
    }

    /// One level of the loop, as the text it prints.
    private func run(_ value: Value, depth0: Int, _ recursion: Recursion, _ frame: Frame) throws
        -> Value
    {
        try frame.state.nested(function.weight + code.depth) {
            let inner = Frame(
                function, frame.template, parent: frame, context: frame.context, state: frame.state)
            let text = try frame.state.capture {
                do {
                    let source = try LoopSource(value, filter: code.filter, inner)
                    try code.execute(source, depth0: depth0, recursion: recursion, inner)
                } catch { throw frame.located(error, iterable.range) }
            }
            return frame.escape == .none ? .string(text) : .markup(text)
        }
    }
}

/// The parts of a loop that both kinds share.
struct LoopCode: Sendable {
    /// The condition behind `if`, with a scope of its own.
    struct Filter: Sendable {
        let entry: ScopeEntry
        let target: TargetNode
        let test: any ExpressionNode
    }

    let target: TargetNode
    /// The slot of `loop`, where the body uses it.
    let loopSlot: Int?
    /// Context variables that no statement of the body assigns: read once before the first round.
    let constants: ScopeEntry
    let entry: ScopeEntry
    let filter: Filter?
    let body: FunctionCode.Sequence
    let elseEntry: ScopeEntry
    let otherwise: FunctionCode.Sequence?

    var depth: Int { max(body.depth, otherwise?.depth ?? 0, filter?.test.depth ?? 0) + 1 }

    func execute(
        _ source: LoopSource, depth0: Int, recursion: RecursiveForNode.Recursion?, _ frame: Frame
    ) throws {
        frame.enter(constants)
        let hasRun: Bool
        if let loopSlot {
            hasRun = try runExtended(
                LoopObject(source, depth0: depth0, recursion: recursion, state: frame.state), loopSlot,
                frame)
        } else {
            hasRun = try runPlain(source, frame)
        }
        if !hasRun, let otherwise {
            frame.enter(elseEntry)
            _ = try otherwise.execute(frame)
        }
    }

    /// Whether a round ran to its end: as in Jinja2, `else` is also taken when every round was left early.
    private func runPlain(_ source: LoopSource, _ frame: Frame) throws -> Bool {
        var hasRun = false
        while let item = try source.next() {
            try frame.state.step()
            try target.assign(item, frame)
            frame.enter(entry)
            switch try body.execute(frame) {
            case .normal: hasRun = true
            case .continuesLoop: continue
            case .breaksLoop: return hasRun
            }
        }
        return hasRun
    }

    private func runExtended(_ loop: LoopObject, _ slot: Int, _ frame: Frame) throws -> Bool {
        var hasRun = false
        let outer = frame[slot]
        defer { frame[slot] = outer }
        while let item = try loop.advance() {
            try frame.state.step()
            try target.assign(item, frame)
            frame[slot] = .object(loop)
            frame.enter(entry)
            switch try body.execute(frame) {
            case .normal: hasRun = true
            case .continuesLoop: continue
            case .breaksLoop: return hasRun
            }
        }
        return hasRun
    }
}

/// The elements of a loop, filtered as they are asked for.
final class LoopSource {
    private let items: ContiguousArray<Value>
    private var position = 0
    private let filter: LoopCode.Filter?
    private let frame: Frame
    /// Whether the number of elements is known without visiting them, as Python's `len` would.
    let knownCount: Int?

    init(_ value: Value, filter: LoopCode.Filter?, _ frame: Frame) throws {
        if case .undefined(let undefined) = value { try undefined.requireLenient() }
        items = try value.elements()
        self.filter = filter
        self.frame = frame
        knownCount = filter == nil ? items.count : nil
        if let filter { frame.enter(filter.entry) }
    }

    func next() throws -> Value? {
        while position < items.count {
            let item = items[position]
            position += 1
            guard let filter else { return item }
            try frame.state.step()
            try filter.target.assign(item, frame)
            let value = try filter.test.evaluate(frame)
            do {
                if try value.isTrue() { return item }
            } catch { throw frame.located(error, filter.test.range) }
        }
        return nil
    }
}
