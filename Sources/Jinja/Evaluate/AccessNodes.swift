/// `value.name`.
final class AttributeNode: ExpressionNode {
    let operand: any ExpressionNode
    let name: MemberName
    let range: SourceRange
    let depth: Int

    init(_ operand: any ExpressionNode, _ name: String, _ range: SourceRange) {
        self.operand = operand
        self.name = MemberName(name)
        self.range = range
        depth = operand.depth + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        do {
            switch value {
            case .dict(let mapping):
                if !name.isDictMethod, let value = mapping[name.text] { return value }
            case .object(let object):
                if let member = name.loopMember, let loop = object as? LoopObject { return try loop.member(member) }
            default: break
            }
            return try value.attribute(name.text, in: frame.state)
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// `value[key]`.
final class ItemNode: ExpressionNode {
    private let operand: any ExpressionNode
    private let key: any ExpressionNode
    let range: SourceRange
    let depth: Int

    init(_ operand: any ExpressionNode, _ key: any ExpressionNode, _ range: SourceRange) {
        self.operand = operand
        self.key = key
        self.range = range
        depth = max(operand.depth, key.depth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        let key = try key.evaluate(frame)
        do {
            return try value.item(key, in: frame.state)
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// `value[start:stop:step]`.
final class SliceNode: ExpressionNode {
    private let operand: any ExpressionNode
    private let start: (any ExpressionNode)?
    private let stop: (any ExpressionNode)?
    private let step: (any ExpressionNode)?
    let range: SourceRange
    let depth: Int

    init(
        _ operand: any ExpressionNode, _ start: (any ExpressionNode)?, _ stop: (any ExpressionNode)?,
        _ step: (any ExpressionNode)?, _ range: SourceRange
    ) {
        self.operand = operand
        self.start = start
        self.stop = stop
        self.step = step
        self.range = range
        depth = max(operand.depth, start?.depth ?? 0, stop?.depth ?? 0, step?.depth ?? 0) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        let value = try operand.evaluate(frame)
        let start = try start?.evaluate(frame)
        let stop = try stop?.evaluate(frame)
        let step = try step?.evaluate(frame)
        do {
            return try value.sliced(start, stop, step)
        } catch {
            throw frame.located(error, range)
        }
    }
}

/// The arguments of a call as nodes.
struct ArgumentNodes: Sendable {
    let positional: [any ExpressionNode]
    let named: [(name: String, value: any ExpressionNode)]
    let star: (any ExpressionNode)?
    let doubleStar: (any ExpressionNode)?

    var depth: Int {
        let nodes = positional + named.map(\.value) + [star, doubleStar].compactMap { $0 }
        return nodes.map(\.depth).max() ?? 0
    }

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && star == nil && doubleStar == nil }

    func evaluate(_ frame: Frame) throws -> CallArguments {
        if isEmpty { return CallArguments() }
        var arguments = CallArguments()
        arguments.positional.reserveCapacity(positional.count)
        for node in positional { arguments.positional.append(try node.evaluate(frame)) }
        for (name, node) in named { arguments.named.append((name, try node.evaluate(frame))) }
        if let star {
            let value = try star.evaluate(frame)
            do {
                arguments.positional.append(
                    contentsOf: try value.elements(
                        "argument after * must be an iterable, not \(value.typeName)"))
            } catch { throw frame.located(error, star.range) }
        }
        if let doubleStar { try spread(doubleStar, into: &arguments, frame) }
        return arguments
    }

    private func spread(
        _ node: any ExpressionNode, into arguments: inout CallArguments, _ frame: Frame
    ) throws {
        let value = try node.evaluate(frame)
        do {
            guard case .dict(let mapping) = value else {
                throw EvaluationError.type("argument after ** must be a mapping, not \(value.typeName)")
            }
            for (key, value) in zip(mapping.keys, mapping.values) {
                guard let name = key.stringValue else {
                    throw EvaluationError.type("keywords must be strings")
                }
                guard !arguments.named.contains(where: { $0.name == name }) else {
                    throw EvaluationError.type("got multiple values for keyword argument '\(name)'")
                }
                arguments.named.append((name, value))
            }
        } catch { throw frame.located(error, node.range) }
    }
}

/// `callee(…)`.
final class CallNode: ExpressionNode {
    private let callee: any ExpressionNode
    /// The callee where it is an attribute, which may be a method.
    private let method: AttributeNode?
    private let arguments: ArgumentNodes
    /// The slot of the `caller` of a call block, which is passed on.
    private let callerSlot: Int?
    let range: SourceRange
    let depth: Int

    init(
        _ callee: any ExpressionNode, _ arguments: ArgumentNodes, callerSlot: Int? = nil,
        _ range: SourceRange
    ) {
        self.callee = callee
        method = callee as? AttributeNode
        self.arguments = arguments
        self.callerSlot = callerSlot
        self.range = range
        depth = max(callee.depth, arguments.depth) + 1
    }

    func evaluate(_ frame: Frame) throws -> Value {
        // Only a call that prints has no value.
        try evaluate(frame, printing: false) ?? .none
    }

    /// The value of the call; `nil` when it was to be printed and has printed itself, as macros and blocks do.
    func evaluate(_ frame: Frame, printing: Bool) throws -> Value? {
        if let method, callerSlot == nil { return try callMethod(method, frame, printing: printing) }
        return try call(try callee.evaluate(frame), frame, printing: printing)
    }

    /// Calls a method without making an object of it first.
    private func callMethod(_ method: AttributeNode, _ frame: Frame, printing: Bool) throws -> Value? {
        let receiver = try method.operand.evaluate(frame)
        guard method.name.isMethod(of: receiver) else {
            let callee: Value
            do {
                callee = try receiver.attribute(method.name.text, in: frame.state)
            } catch { throw frame.located(error, method.range) }
            return try call(callee, frame, printing: printing)
        }
        let arguments = try arguments.evaluate(frame)
        do {
            try frame.state.step()
            return try Methods.call(method.name.text, on: receiver, arguments, in: frame.state)
        } catch {
            throw frame.located(error, range)
        }
    }

    private func call(_ callee: Value, _ frame: Frame, printing: Bool) throws -> Value? {
        var arguments = try arguments.evaluate(frame)
        if let callerSlot, let caller = frame[callerSlot] { arguments.named.append(("caller", caller)) }
        do {
            switch callee {
            case .object(let object):
                try frame.state.step()
                frame.state.escape = frame.escape
                if printing, let object = object as? any TracedObject {
                    try object.print(arguments, in: frame.state)
                    return nil
                }
                return try object.call(arguments, in: frame.state)
            case .undefined(let undefined): throw undefined.error
            default: throw EvaluationError.type("'\(callee.typeName)' object is not callable")
            }
        } catch {
            guard case .object(let object) = callee, let name = (object as? any TracedObject)?.traceName
            else {
                throw frame.located(error, range)
            }
            throw error is RenderError
                ? frame.traced(error, "in \(name), called here", range) : frame.located(error, range)
        }
    }
}

/// An object whose call runs template code, so that a failure inside is shown with the place of the call.
protocol TracedObject: Object {
    /// "macro `name`".
    var traceName: String { get }
    /// Prints what a call answers with.
    func print(_ arguments: CallArguments, in state: RenderState) throws
}
