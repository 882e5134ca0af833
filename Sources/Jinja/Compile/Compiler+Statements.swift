extension Compiler {
    /// The nodes of statements.
    mutating func compile(_ statements: [Statement], _ scope: CompileScope) -> FunctionCode.Sequence {
        FunctionCode.Sequence(statements.compactMap { compile($0, scope) })
    }

    private mutating func compile(_ statement: Statement, _ scope: CompileScope) -> (
        any StatementNode
    )? {
        let range = statement.range
        switch statement.kind {
        case .text:
            let bytes = Self.text(source, range, newline: options.newlineSequence)
            return output(scope) { _, _ in TextNode(bytes, range) }
        case .output(let expression): return compileOutput(expression, scope)
        case .print(let expressions):
            return IfNode(
                [],
                otherwise: FunctionCode.Sequence(expressions.compactMap { compileOutput($0, scope) }))
        case .if(let branches, let otherwise): return compileIf(branches, otherwise, scope)
        case .for(let loop): return compileFor(loop, scope, range)
        case .set(let target, let value):
            let node = compile(value, scope)
            return SetNode(compile(target, scope, range), node)
        case .setBlock(let target, let filter, let body):
            return compileSetBlock(target, filter, body, scope, range)
        case .macro(let name, let signature, let body):
            let code = compileMacro(name.text, signature, body, scope)
            return MacroNode(code, target(name.text, scope))
        case .call(let signature, let call, let body):
            return compileCallBlock(signature, call, body, scope)
        case .filter(let filter, let body): return compileFilterBlock(filter, body, scope, range)
        case .with(let assignments, let body): return compileWith(assignments, body, scope, range)
        case .autoescape(let mode, let body): return compileAutoescape(mode, body, scope)
        case .do(let expression): return DoNode(compile(expression, scope))
        case .break: return LoopControlNode(.breaksLoop)
        case .continue: return LoopControlNode(.continuesLoop)
        case .block, .extends, .include, .import, .fromImport:
            return compileComposition(statement, scope)
        }
    }

    /// The bytes of a text with the line breaks asked for.
    static func text(_ source: TemplateSource, _ range: SourceRange, newline: String) -> [UInt8] {
        let bytes = source.bytes[Int(range.start)..<Int(range.end)]
        if newline == "\n" { return Array(bytes) }
        return bytes.reduce(into: []) { result, byte in
            if byte == 0x0A { result.append(contentsOf: newline.utf8) } else { result.append(byte) }
        }
    }

    /// Output that a template that extends another drops.
    private mutating func output(
        _ scope: CompileScope, _ make: (inout Compiler, CompileScope) -> any StatementNode
    ) -> (any StatementNode)? {
        guard scope.checksOutput else { return make(&self, scope) }
        let node = make(&self, scope)
        return hasKnownExtends ? nil : GuardedNode(node)
    }

    private mutating func compileOutput(_ expression: Expression, _ scope: CompileScope) -> (
        any StatementNode
    )? {
        output(scope) { compiler, scope in
            // Jinja2 prints what it has folded as the mode around asks, even where the mode itself is not known.
            let isConstant = scope.escape == nil && compiler.isFolded(expression, scope)
            return OutputNode(
                compiler.compile(expression, scope), escape: isConstant ? scope.foldingEscape : scope.escape)
        }
    }

    private mutating func compileIf(
        _ branches: [Statement.Branch], _ otherwise: [Statement], _ scope: CompileScope
    ) -> any StatementNode {
        let soft = scope.soft()
        return IfNode(
            branches.map { (compile($0.test, soft), compile($0.body, soft)) },
            otherwise: compile(otherwise, soft))
    }

    // MARK: - Targets

    /// The slot of a name that is assigned; exported at the top level.
    func target(_ name: String, _ scope: CompileScope) -> TargetNode {
        let slot = scope.symbols.find(name).map { scope.reference($0).slot } ?? 0
        return scope.isTopLevel ? .exported(slot, name: name) : .slot(slot)
    }

    func compile(_ target: Target, _ scope: CompileScope, _ range: SourceRange) -> TargetNode {
        switch target {
        case .name(let name): return self.target(name.text, scope)
        case .tuple(let targets, let range):
            return .tuple(targets.map { compile($0, scope, range) }, range)
        case .attribute(let namespace, let attribute):
            return .attribute(
                namespace: compileName(namespace.text, scope, namespace.range), name: attribute.text,
                namespace.range.merged(with: attribute.range))
        }
    }

    private mutating func compileSetBlock(
        _ target: Target, _ filter: Expression?, _ body: [Statement], _ scope: CompileScope,
        _ range: SourceRange
    ) -> any StatementNode {
        var inner = scope.inner()
        inner.checksOutput = false
        inner.symbols.analyze(body)
        inner.symbols.analyze(filter)
        let slot = scope.function.makeSlot()
        inner.captureSlot = slot
        let entry = ScopeEntry(inner)
        let bodyNodes = compile(body, inner)
        let filterNode = filter.map { compile($0, inner) } ?? NameNode("", slot: slot.slot, range)
        return SetBlockNode(
            compile(target, scope, range), captureSlot: slot.slot, entry: entry, body: bodyNodes,
            filter: filterNode, range)
    }

    private mutating func compileFilterBlock(
        _ filter: Expression, _ body: [Statement], _ scope: CompileScope, _ range: SourceRange
    ) -> (any StatementNode)? {
        var inner = scope.inner()
        inner.symbols.analyze(body)
        inner.symbols.analyze(filter)
        let slot = scope.function.makeSlot()
        inner.captureSlot = slot
        let entry = ScopeEntry(inner)
        let bodyNodes = compile(body, inner)
        // The filter has the last word: what it answers with is not escaped again.
        let output = OutputNode(compile(filter, inner), escape: EscapeMode.none)
        return FilterBlockNode(
            captureSlot: slot.slot, entry: entry, body: bodyNodes, output: output, range)
    }

    private mutating func compileWith(
        _ assignments: [(target: Target, value: Expression)], _ body: [Statement],
        _ scope: CompileScope,
        _ range: SourceRange
    ) -> any StatementNode {
        let inner = scope.inner()
        for assignment in assignments {
            assignment.target.forEachName { inner.symbols.declareParameter($0.text) }
        }
        inner.symbols.analyze(body)
        let nodes = assignments.map { (compile($0.target, inner, range), compile($0.value, scope)) }
        return WithNode(entry: ScopeEntry(inner), nodes, body: compile(body, inner))
    }

    private mutating func compileAutoescape(
        _ mode: Expression, _ body: [Statement], _ scope: CompileScope
    ) -> any StatementNode {
        var inner = scope.inner()
        inner.symbols.analyze(mode)
        inner.symbols.analyze(body)
        let modeNode = compile(mode, inner)
        inner.escape = nil
        if isFolded(mode, scope), let value = ConstantEvaluation.evaluate(modeNode) {
            inner.escape = try? EscapeMode(statement: value, environment: options.autoescape)
        }
        inner.foldingEscape = inner.escape ?? scope.foldingEscape
        return AutoescapeNode(modeNode, entry: ScopeEntry(inner), body: compile(body, inner))
    }

    // MARK: - Loops

    private mutating func compileFor(
        _ loop: ForLoop, _ scope: CompileScope, _ range: SourceRange
    ) -> any StatementNode {
        rejectLoopTarget(loop)
        let function =
            loop.isRecursive ? FunctionBuilder(depth: scope.function.depth + 1) : scope.function
        let iterable = compile(loop.iterable, scope)
        let code = compileLoop(loop, scope, function)
        guard loop.isRecursive else { return ForNode(code, iterable, range) }
        let functionCode = FunctionCode(
            slotCount: function.slotCount, entry: .empty, body: FunctionCode.Sequence([]), selfSlot: nil,
            superSlot: nil)
        return RecursiveForNode(code, functionCode, iterable, escape: scope.escape, range)
    }

    private mutating func rejectLoopTarget(_ loop: ForLoop) {
        var words: [Word] = []
        loop.target.forEachName { words.append($0) }
        (loop.body + loop.otherwise).forEachNested { statement in
            switch statement.kind {
            case .set(let target, _), .setBlock(let target, _, _): target.forEachName { words.append($0) }
            case .for(let inner): inner.target.forEachName { words.append($0) }
            default: return
            }
        }
        for word in words where word.text == "loop" {
            report(
                ProblemID.syntax, "cannot assign to the special variable `loop` inside a loop",
                at: word.range)
        }
    }

    private mutating func compileLoop(
        _ loop: ForLoop, _ scope: CompileScope, _ function: FunctionBuilder
    ) -> LoopCode {
        let inner = scope.inner(in: function)
        var hasScopedBlock = false
        (loop.body + loop.otherwise).forEachNested {
            if case .block(let block) = $0.kind, block.isScoped { hasScopedBlock = true }
        }
        let usesLoop =
            loop.isRecursive || hasScopedBlock
            || UndeclaredNames.find(["loop"], in: loop.body).contains("loop")
        let loopSlot = usesLoop ? inner.symbols.declareParameter("loop").slot : nil
        loop.target.forEachName { inner.symbols.declareParameter($0.text) }
        inner.symbols.analyze(loop.body)
        let otherwise = scope.inner(in: function)
        otherwise.symbols.analyze(loop.otherwise)

        // What no statement of the loop assigns cannot change between rounds.
        let assigned = Set(inner.symbols.storedNames.compactMap { inner.symbols.reference(to: $0) })
        let isConstant = { (slot: SlotID, load: Symbols.Load) -> Bool in
            if case .resolve = load { return !assigned.contains(slot) }
            return false
        }
        let target = compile(loop.target, inner, loop.iterable.range)
        let filter = loop.test.map { compileLoopFilter($0, loop.target, scope, function) }
        return LoopCode(
            target: target, loopSlot: loopSlot, constants: ScopeEntry(inner, where: isConstant),
            entry: ScopeEntry(inner) { !isConstant($0, $1) }, filter: filter,
            body: compile(loop.body, inner),
            elseEntry: ScopeEntry(otherwise),
            otherwise: loop.otherwise.isEmpty ? nil : compile(loop.otherwise, otherwise))
    }

    private mutating func compileLoopFilter(
        _ test: Expression, _ target: Target, _ scope: CompileScope, _ function: FunctionBuilder
    ) -> LoopCode.Filter {
        let inner = scope.inner(in: function)
        target.forEachName { inner.symbols.declareParameter($0.text) }
        inner.symbols.analyze(test)
        return LoopCode.Filter(
            entry: ScopeEntry(inner), target: compile(target, inner, test.range),
            test: compile(test, inner))
    }
}
