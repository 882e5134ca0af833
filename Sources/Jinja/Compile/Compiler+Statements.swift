extension Compiler {
    mutating func compile(_ body: Body, _ scope: CompileScope) {
        for index in body.statements.indices { compile(tree.statementLists[index], scope) }
    }

    private mutating func compile(_ statement: StatementID, _ scope: CompileScope) {
        let (kind, range) = (tree.statements[statement].kind, tree.statements[statement].range)
        switch kind {
        case .text: tree.statements[statement].visibility = visibility(scope)
        case .output(let expression, _):
            let visibility = visibility(scope)
            // Jinja2 makes no code of what is never printed: an unknown filter there is no error.
            let output = compileOutput(expression, visibility == .never ? scope.soft() : scope)
            tree.statements[statement].kind = .output(expression, output)
            tree.statements[statement].visibility = visibility
        case .print(let outputs): compile(outputs, scope)
        case .if(let condition): compile(tree.conditions[condition], scope.soft())
        case .for(let loop): compile(loop, scope)
        case .set(let target, let value):
            compile(value, scope)
            tree.statements[statement].kind = .set(compile(target, scope), value)
        case .do(let expression): compile(expression, scope)
        case .break, .continue: return
        case .block(let block): tree.statements[statement].visibility = compileBlockOutput(block, scope)
        case .extends(let template): compileExtends(template, scope, range)
        case .include(let include): compileInclude(include, scope)
        case .import(let statement): compileImport(statement, scope)
        default: compileWithBody(kind, scope)
        }
    }

    private mutating func compileWithBody(_ kind: Statement.Kind, _ scope: CompileScope) {
        switch kind {
        case .setBlock(let capture): compileSetBlock(capture, scope)
        case .filter(let capture): compileFilterBlock(capture, scope)
        case .macro(let statement):
            compileMacro(tree.macroStatements[statement].macro, scope)
            tree.macroStatements[statement].assigned = target(tree.macroStatements[statement].name, scope)
        case .call(let call): compileCallBlock(call, scope)
        case .with(let statement): compileWith(statement, scope)
        case .autoescape(let statement): compileAutoescape(statement, scope)
        default: return
        }
    }

    /// Output that a template that extends another drops.
    private func visibility(_ scope: CompileScope) -> Statement.Visibility {
        guard scope.checksOutput else { return .always }
        return hasKnownExtends ? .never : .beforeExtends
    }

    /// Compiles what is printed.
    /// - Returns: how it is escaped.
    private mutating func compileOutput(_ expression: ExpressionID, _ scope: CompileScope) -> EscapeMode? {
        compile(expression, scope)
        // Jinja2 prints what it has folded as the mode around asks, even where the mode itself is not known.
        let isConstant = scope.escape == nil && isFolded(expression, scope)
        return isConstant ? scope.foldingEscape : scope.escape
    }

    private mutating func compile(_ condition: Condition, _ scope: CompileScope) {
        for index in condition.branches.indices {
            compile(tree.branches[index].test, scope)
            compile(tree.branches[index].body, scope)
        }
        compile(condition.otherwise, scope)
    }

    // MARK: - Targets

    /// The place of a name that is assigned; exported at the top level.
    private mutating func target(_ word: Word, _ scope: CompileScope) -> Ref<Target> {
        let slot = bindings.slot(word.name)
        return tree.targets.add(scope.isTopLevel ? .exported(slot: slot, word) : .slot(slot, word))
    }

    /// The place of what is assigned. The target itself stays as it is: a loop and its condition read it each in a
    /// scope of its own.
    private mutating func compile(_ target: Ref<Target>, _ scope: CompileScope) -> Ref<Target> {
        switch tree.targets[target] {
        case .name(let word): return self.target(word, scope)
        case .tuple(let parts, let range):
            var compiled: [Ref<Target>] = []
            for index in parts.indices { compiled.append(compile(tree.targetLists[index], scope)) }
            return tree.targets.add(.tuple(tree.targetLists.add(compiled), range))
        case .attribute(let namespace, _, _): compile(namespace, scope)
        case .slot, .exported: break
        }
        return target
    }

    private mutating func declareParameters(_ target: Ref<Target>) {
        if case .name(let word) = tree.targets[target] {
            bindings.declareParameter(word.name)
        } else {
            for word in tree.words(of: target) { bindings.declareParameter(word.name) }
        }
    }

    // MARK: - Statements with a scope

    private mutating func compileSetBlock(_ reference: Ref<CaptureStatement>, _ scope: CompileScope) {
        var inner = scope.inner()
        inner.checksOutput = false
        let capture = compileCapture(reference, scope, inner)
        tree.captures[reference] = capture
        tree.captures[reference].assigned = compile(capture.target, scope)
    }

    private mutating func compileFilterBlock(_ reference: Ref<CaptureStatement>, _ scope: CompileScope) {
        tree.captures[reference] = compileCapture(reference, scope, scope.inner())
    }

    private mutating func compileCapture(
        _ reference: Ref<CaptureStatement>, _ scope: CompileScope, _ inner: CompileScope
    ) -> CaptureStatement {
        var capture = tree.captures[reference]
        var inner = inner
        let mark = bindings.open()
        analyze(capture.body)
        analyze(capture.filter)
        capture.slot = bindings.makeSlot()
        inner.captureSlot = capture.slot
        capture.entry = makeEntry()
        compile(capture.body, inner)
        compile(capture.filter, inner)
        bindings.close(mark)
        return capture
    }

    private mutating func compileWith(_ reference: Ref<WithStatement>, _ scope: CompileScope) {
        let statement = tree.withStatements[reference]
        for index in statement.assignments.indices { compile(tree.assignments[index].value, scope) }
        let inner = scope.inner()
        let mark = bindings.open()
        for index in statement.assignments.indices { declareParameters(tree.assignments[index].target) }
        analyze(statement.body)
        for index in statement.assignments.indices {
            tree.assignments[index].assigned = compile(tree.assignments[index].target, inner)
        }
        tree.withStatements[reference].entry = makeEntry()
        compile(statement.body, inner)
        bindings.close(mark)
    }

    private mutating func compileAutoescape(_ reference: Ref<AutoescapeStatement>, _ scope: CompileScope) {
        let statement = tree.autoescapes[reference]
        var inner = scope.inner()
        let mark = bindings.open()
        analyze(statement.mode)
        analyze(statement.body)
        compile(statement.mode, inner)
        inner.escape = nil
        if isFolded(statement.mode, scope), let value = evaluate(statement.mode) {
            inner.escape = try? EscapeMode(statement: value, environment: options.autoescape)
        }
        inner.foldingEscape = inner.escape ?? scope.foldingEscape
        tree.autoescapes[reference].entry = makeEntry()
        compile(statement.body, inner)
        bindings.close(mark)
    }

    // MARK: - Loops

    private mutating func compile(_ reference: Ref<ForLoop>, _ scope: CompileScope) {
        var loop = tree.loops[reference]
        if tree.assignsLoop { rejectLoopTarget(loop) }
        compile(loop.iterable, scope)
        if loop.isRecursive { bindings.openFunction() }
        compileBody(&loop, scope)
        if !loop.otherwise.statements.isEmpty {
            let mark = bindings.open()
            analyze(loop.otherwise)
            loop.elseEntry = makeEntry()
            compile(loop.otherwise, scope.inner())
            bindings.close(mark)
        }
        if loop.test.exists { compileFilter(&loop, scope) }
        if loop.isRecursive { loop.slotCount = bindings.closeFunction() }
        loop.escape = scope.escape
        tree.loops[reference] = loop
    }

    private mutating func compileBody(_ loop: inout ForLoop, _ scope: CompileScope) {
        let inner = scope.inner()
        let mark = bindings.open()
        let usesLoop =
            loop.isRecursive || UndeclaredNames.find(.loop, in: loop.body, of: tree).contains(.loop)
            || (tree.hasScopedBlock && containsScopedBlock(loop))
        if usesLoop { loop.loopSlot = bindings.declareParameter(NameID(.loop)) }
        declareParameters(loop.target)
        analyze(loop.body)
        // What no statement of the loop assigns cannot change between rounds.
        let isConstant = { (binding: Bindings.Binding) in binding.load == .resolve && !binding.isStored }
        loop.constants = makeEntry(where: isConstant)
        loop.entry = makeEntry { !isConstant($0) }
        loop.assigned = compile(loop.target, inner)
        compile(loop.body, inner)
        bindings.close(mark)
    }

    private mutating func compileFilter(_ loop: inout ForLoop, _ scope: CompileScope) {
        let inner = scope.inner()
        let mark = bindings.open()
        declareParameters(loop.target)
        analyze(loop.test)
        loop.filterEntry = makeEntry()
        loop.filterTarget = compile(loop.target, inner)
        compile(loop.test, inner)
        bindings.close(mark)
    }

    private func containsScopedBlock(_ loop: ForLoop) -> Bool {
        var result = false
        for body in [loop.body, loop.otherwise] {
            tree.forEachNested(body) { statement in
                if case .block(let block) = statement.kind, tree.blocks[block].isScoped { result = true }
            }
        }
        return result
    }

    private mutating func rejectLoopTarget(_ loop: ForLoop) {
        var words = tree.words(of: loop.target)
        for body in [loop.body, loop.otherwise] {
            tree.forEachNested(body) { statement in
                switch statement.kind {
                case .set(let target, _): words += tree.words(of: target)
                case .setBlock(let capture): words += tree.words(of: tree.captures[capture].target)
                case .for(let inner): words += tree.words(of: tree.loops[inner].target)
                default: return
                }
            }
        }
        for word in words where word.name == NameID(.loop) {
            report(
                ProblemID.syntax, "cannot assign to the special variable `loop` inside a loop",
                at: word.range)
        }
    }
}
