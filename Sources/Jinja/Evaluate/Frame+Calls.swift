/// Calls, filters and tests.
extension Frame {
    // MARK: - Filters and tests

    @inline(never)
    func filter(_ operand: ExpressionID, _ application: Ref<Application>) throws -> Value {
        let value = try evaluate(operand)
        guard case .code(let code) = template.tree.applications[application].target else { return value }
        do {
            let arguments = try arguments(code, application)
            try state.step()
            state.escape = escape
            guard case .filter(let function) = code.callee else { return value }
            return try function(value, arguments)
        } catch {
            throw located(error, template.tree.applications[application].range)
        }
    }

    @inline(never)
    func test(_ operand: ExpressionID, _ application: Ref<Application>) throws -> Bool {
        let value = try evaluate(operand)
        guard case .code(let code) = template.tree.applications[application].target else { return false }
        do {
            let arguments = try arguments(code, application)
            guard case .test(let function) = code.callee else { return false }
            return try function(value, arguments)
        } catch {
            throw located(error, template.tree.applications[application].range)
        }
    }

    private func arguments(_ code: ApplicationCode, _ application: Ref<Application>) throws -> Arguments {
        switch code.binding {
        case .empty: return Arguments(code.signature, state)
        case .parameters(let nodes):
            if nodes.count == 1 { return Arguments(code.signature, try evaluate(nodes[0]), state) }
            return Arguments(code.signature, try values(nodes), state)
        case .open(let nodes, let rest, let named):
            let values = try values(nodes)
            var others: ContiguousArray<Value> = []
            for node in rest { others.append(try evaluate(node)) }
            var keywords: [(name: String, value: Value)] = []
            for (name, node) in named { keywords.append((name, try evaluate(node))) }
            return Arguments(code.signature, values, rest: others, named: keywords, state)
        case .dynamic:
            let application = template.tree.applications[application]
            let kind = if case .filter = code.callee { "filter" } else { "test" }
            return try code.signature.bind(
                try evaluate(template.tree.arguments[application.arguments]),
                callee: "\(kind) `\(template.tree.text(application.name))`", in: state)
        }
    }

    private func values(_ nodes: [ExpressionID]) throws -> ContiguousArray<Value?> {
        var values: ContiguousArray<Value?> = []
        values.reserveCapacity(nodes.count)
        for node in nodes { values.append(node.exists ? try evaluate(node) : nil) }
        return values
    }

    // MARK: - Arguments

    func evaluate(_ list: ArgumentList) throws -> CallArguments {
        if list.isEmpty { return CallArguments() }
        var arguments = CallArguments(try evaluate(list.positional))
        for index in list.named.indices {
            let argument = template.tree.namedArguments[index]
            arguments.named.append((template.tree.text(argument.name), try evaluate(argument.value)))
        }
        if list.star.exists {
            let value = try evaluate(list.star)
            do {
                arguments.positional.append(
                    contentsOf: try value.elements(
                        "argument after * must be an iterable, not \(value.typeName)"))
            } catch { throw located(error, range(list.star)) }
        }
        if list.doubleStar.exists { try spread(list.doubleStar, into: &arguments) }
        return arguments
    }

    private func spread(_ id: ExpressionID, into arguments: inout CallArguments) throws {
        let value = try evaluate(id)
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
        } catch { throw located(error, range(id)) }
    }

    // MARK: - Calls

    /// The value of a call; `nil` when it was to be printed and has printed itself, as macros and blocks do.
    /// - Parameter caller: the macro of a call block, which is passed on.
    @inline(never)
    func call(_ id: ExpressionID, printing: Bool, caller: Value? = nil) throws -> Value? {
        guard case .call(let callee, let arguments) = template.tree.expressions[id].kind else { return Value.none }
        let list = template.tree.arguments[arguments]
        if caller == nil, case .attribute(let receiver, let name) = template.tree.expressions[callee].kind {
            return try callMethod(id, callee, receiver, name, list, printing: printing)
        }
        return try call(id, try evaluate(callee), list, caller: caller, printing: printing)
    }

    /// Calls a method without making an object of it first.
    private func callMethod(
        _ id: ExpressionID, _ callee: ExpressionID, _ receiver: ExpressionID, _ nameID: NameID, _ list: ArgumentList,
        printing: Bool
    ) throws -> Value? {
        let receiver = try evaluate(receiver)
        let name = template.tree.names[nameID]
        guard name.isMethod(of: receiver) else {
            let member: Value
            do {
                member = try receiver.attribute(name.text, in: state)
            } catch { throw located(error, range(callee)) }
            return try call(id, member, list, caller: nil, printing: printing)
        }
        let arguments = try evaluate(list)
        do {
            try state.step()
            return try Methods.call(name.text, on: receiver, arguments, in: state)
        } catch {
            throw located(error, range(id))
        }
    }

    private func call(
        _ id: ExpressionID, _ callee: Value, _ list: ArgumentList, caller: Value?, printing: Bool
    ) throws -> Value? {
        if caller == nil, case .object(let object) = callee, let macro = object as? MacroObject,
            macro.takes(list, of: self)
        {
            return try call(id, macro, list, printing: printing)
        }
        var arguments = try evaluate(list)
        do {
            if let caller {
                guard !arguments.named.contains(where: { $0.name == "caller" }) else {
                    throw EvaluationError.type("got multiple values for keyword argument 'caller'")
                }
                arguments.named.append(("caller", caller))
            }
            switch callee {
            case .object(let object):
                try state.step()
                state.escape = escape
                if printing, let object = object as? any TracedObject {
                    try object.print(arguments, in: state)
                    return nil
                }
                return try object.call(arguments, in: state)
            case .undefined(let undefined): throw undefined.error
            default: throw EvaluationError.type("'\(callee.typeName)' object is not callable")
            }
        } catch {
            guard case .object(let object) = callee, let traced = object as? any TracedObject else {
                throw located(error, range(id))
            }
            throw self.traced(error, traced, id)
        }
    }

    /// Calls a macro whose parameters the arguments fit one by one.
    private func call(
        _ id: ExpressionID, _ macro: MacroObject, _ list: ArgumentList, printing: Bool
    ) throws -> Value? {
        let inner = macro.makeFrame()
        try macro.assign(list, of: self, to: inner)
        do {
            try state.step()
            state.escape = escape
            if printing {
                try macro.run(inner)
                return nil
            }
            return try macro.captured(inner)
        } catch {
            throw traced(error, macro, id)
        }
    }

    private func traced(_ error: any Error, _ object: any TracedObject, _ id: ExpressionID) -> any Error {
        guard error is RenderError else { return located(error, range(id)) }
        return traced(error, "in \(object.traceName), called here", range(id))
    }
}

/// An object whose call runs template code, so that a failure inside is shown with the place of the call.
protocol TracedObject: Object {
    /// "macro `name`".
    var traceName: String { get }
    /// Prints what a call answers with.
    func print(_ arguments: CallArguments, in state: RenderState) throws
}
