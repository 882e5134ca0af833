/// How a statement ended.
enum Completion {
    case normal
    case breaksLoop
    case continuesLoop
}

/// Statements.
extension Frame {
    /// Runs statements until one leaves the loop around them.
    func execute(_ body: Body) throws -> Completion {
        for index in body.statements.indices {
            let completion = try execute(template.tree.statementLists[index])
            if completion != .normal { return completion }
        }
        return .normal
    }

    private func execute(_ id: StatementID) throws -> Completion {
        let statement = template.tree.statements[id]
        if statement.visibility != .always, !isVisible(statement.visibility) { return .normal }
        switch statement.kind {
        case .text: try printText(statement.range)
        case .output(let expression, let escape): try printValue(of: expression, escape)
        case .if(let condition): return try execute(template.tree.conditions[condition])
        case .for(let loop): return try execute(loop, statement.range)
        case .set(let target, let value): try assign(try evaluate(value), to: target)
        case .do(let expression): _ = try evaluate(expression)
        case .print(let outputs): return try execute(outputs)
        case .break: return .breaksLoop
        case .continue: return .continuesLoop
        case .block(let block): try printBlock(block, statement.range)
        case .extends(let template): try extend(template, statement.range)
        case .include(let include): try execute(template.tree.includes[include], statement.range)
        case .import(let statementRef): try execute(template.tree.imports[statementRef], statement.range)
        default: return try executeScoped(statement)
        }
        return .normal
    }

    @inline(never)
    private func executeScoped(_ statement: Statement) throws -> Completion {
        switch statement.kind {
        case .setBlock(let capture): return try executeSetBlock(template.tree.captures[capture], statement.range)
        case .filter(let capture): return try executeFilterBlock(template.tree.captures[capture], statement.range)
        case .macro(let reference):
            let macro = template.tree.macroStatements[reference]
            do { try state.charge(bytes: MacroObject.cost) } catch { throw located(error, statement.range) }
            try assign(.object(MacroObject(macro.macro, self)), to: macro.assigned)
        case .call(let call): try execute(template.tree.calls[call])
        case .with(let reference): return try execute(template.tree.withStatements[reference])
        case .autoescape(let reference): return try execute(template.tree.autoescapes[reference])
        default: break
        }
        return .normal
    }

    /// Output is dropped once the template extends another.
    private func isVisible(_ visibility: Statement.Visibility) -> Bool {
        guard visibility == .beforeExtends else { return false }
        // A recursive loop runs in a frame of its own, inside of the one that the statement ran in.
        var frame = self
        while let outer = frame.parent { frame = outer }
        return frame.parentTemplate == nil
    }

    // MARK: - Output

    private func printText(_ range: SourceRange) throws {
        let start = state.output.count
        state.output.append(template.source.bytes, range, newline: template.newline)
        if let trace = state.trace {
            trace.note(
                state.output.bytes(from: start), at: start, since: trace.count, template.source.span(range),
                isText: true)
        }
        do { try state.requireOutputBudget() } catch { throw located(error, range) }
    }

    private func printValue(of id: ExpressionID, _ escape: EscapeMode?) throws {
        if state.trace != nil { return try traced(id) { try printUntraced(id, escape) } }
        try printUntraced(id, escape)
    }

    /// Notes where what is printed comes from.
    @inline(never)
    private func traced(_ id: ExpressionID, _ print: () throws -> Void) throws {
        let (start, known) = (state.output.count, state.trace?.count ?? 0)
        try print()
        state.trace?.note(
            state.output.bytes(from: start), at: start, since: known, template.source.span(range(id)), isText: false)
    }

    private func printUntraced(_ id: ExpressionID, _ escape: EscapeMode?) throws {
        let value: Value
        if case .call = template.tree.expressions[id].kind {
            // What a macro or block prints goes straight to the output.
            guard let result = try call(id, printing: true) else { return }
            value = result
        } else {
            value = try evaluate(id)
        }
        do {
            try state.step()
            try state.write(value, escape ?? self.escape)
        } catch {
            throw located(error, range(id))
        }
    }

    private func execute(_ call: CallStatement) throws {
        do { try state.charge(bytes: MacroObject.cost) } catch { throw located(error, range(call.call)) }
        let caller = Value.object(MacroObject(call.macro, self))
        self[call.callerSlot] = caller
        if state.trace != nil { return try traced(call.call) { try printUntraced(call, caller) } }
        try printUntraced(call, caller)
    }

    private func printUntraced(_ call: CallStatement, _ caller: Value) throws {
        guard let value = try self.call(call.call, printing: true, caller: caller) else { return }
        do {
            try state.step()
            try state.write(value, call.escape ?? escape)
        } catch {
            throw located(error, range(call.call))
        }
    }

    // MARK: - Conditions

    private func execute(_ condition: Condition) throws -> Completion {
        for index in condition.branches.indices {
            let branch = template.tree.branches[index]
            if try isTrue(branch.test) { return try execute(branch.body) }
        }
        return try execute(condition.otherwise)
    }

    // MARK: - Assignments

    func assign(_ value: Value, to target: Ref<Target>) throws {
        switch template.tree.targets[target] {
        case .slot(let slot, _): self[slot] = value
        case .exported(let slot, let word):
            self[slot] = value
            context.assign(template.tree.names[word.name], value, exports: true)
        case .tuple(let targets, let range): try unpack(value, targets, range)
        case .attribute(let namespace, let name, let range):
            guard case .object(let object) = try evaluate(namespace), let space = object as? NamespaceObject else {
                throw located(
                    EvaluationError(.runtime, "cannot assign attribute on non-namespace object"), range)
            }
            space.values.set(template.tree.names[name], value)
            state.cycles.note(.object(space), received: value)
        case .name: return
        }
    }

    @inline(never)
    private func unpack(_ value: Value, _ targets: Run<Ref<Target>>, _ range: SourceRange) throws {
        if case .tuple(let tuple) = value, tuple.items.count == Int(targets.count) {
            for (item, index) in targets.indices.enumerated() {
                try assign(tuple.items[item], to: template.tree.targetLists[index])
            }
            return
        }
        let items: ContiguousArray<Value>
        let count = Int(targets.count)
        do {
            items = try value.elements("cannot unpack non-iterable \(value.typeName) object")
            guard items.count == count else {
                throw EvaluationError.value(
                    items.count > count
                        ? "too many values to unpack (expected \(count))"
                        : "not enough values to unpack (expected \(count), got \(items.count))")
            }
        } catch { throw located(error, range) }
        for (item, index) in zip(items, targets.indices) { try assign(item, to: template.tree.targetLists[index]) }
    }

    // MARK: - Statements with a scope

    private func executeSetBlock(_ capture: CaptureStatement, _ range: SourceRange) throws -> Completion {
        enter(capture.entry)
        var (value, completion) = try captured(capture.body, range)
        // What leaves the loop leaves the block, too; its output is lost.
        guard completion == .normal else { return completion }
        if capture.filter.exists {
            self[capture.slot] = value
            value = try evaluate(capture.filter)
        }
        if escape != .none { value = try .markup(value.printed()) }
        try assign(value, to: capture.assigned)
        return .normal
    }

    private func executeFilterBlock(_ capture: CaptureStatement, _ range: SourceRange) throws -> Completion {
        enter(capture.entry)
        let (text, completion) = try captured(capture.body, range)
        guard completion == .normal else { return completion }
        self[capture.slot] = text
        // The filter has the last word: what it answers with is not escaped again.
        try printValue(of: capture.filter, EscapeMode.none)
        return .normal
    }

    /// The output of a body as a value that is safe where output is escaped.
    private func captured(_ body: Body, _ range: SourceRange) throws -> (Value, Completion) {
        do {
            var completion = Completion.normal
            let text = try state.capture { completion = try execute(body) }
            return (escape == .none ? .string(text) : .markup(text), completion)
        } catch {
            throw located(error, range)
        }
    }

    private func execute(_ statement: WithStatement) throws -> Completion {
        enter(statement.entry)
        for index in statement.assignments.indices {
            let assignment = template.tree.assignments[index]
            try assign(try evaluate(assignment.value), to: assignment.assigned)
        }
        return try execute(statement.body)
    }

    private func execute(_ statement: AutoescapeStatement) throws -> Completion {
        enter(statement.entry)
        let value = try evaluate(statement.mode)
        let evaluation = context.evaluation
        let outer = evaluation.escape
        do {
            evaluation.escape = try EscapeMode(
                statement: value, environment: state.environment.options.autoescape)
        } catch { throw located(error, range(statement.mode)) }
        defer { evaluation.escape = outer }
        return try execute(statement.body)
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
