extension Compiler {
    /// Settles an expression; nothing where there is none.
    mutating func compile(_ id: ExpressionID, _ scope: CompileScope) {
        guard id.exists else { return }
        switch tree.expressions[id].kind {
        case .constant, .variable, .outerVariable, .failure: return
        case .name(let name): compileName(id, name)
        case .attribute(let operand, _): compile(operand, scope)
        case .item(let left, let right), .and(let left, let right), .or(let left, let right),
            .compare(_, let left, let right):
            compile(left, scope)
            compile(right, scope)
        case .list(let items), .dict(let items): compile(items, scope)
        case .call(let callee, let arguments): compileCall(callee, tree.arguments[arguments], scope)
        case .filter(let operand, let application): compileFilter(id, operand, application, scope)
        case .test(let operand, let application): compileTest(id, operand, application, scope)
        case .conditional(let test, let then, let otherwise):
            let soft = scope.soft()
            compile(test, soft)
            compile(then, soft)
            compile(otherwise, soft)
        case .chain(let chain): compile(tree.chains[chain].operands, scope)
        case .slice(let operand, let parts):
            compile(operand, scope)
            compile(tree.slices[parts].start, scope)
            compile(tree.slices[parts].stop, scope)
            compile(tree.slices[parts].step, scope)
        default: compileFoldable(id, scope)
        }
    }

    private mutating func compile(_ items: Run<ExpressionID>, _ scope: CompileScope) {
        for index in items.indices { compile(tree.expressionLists[index], scope) }
    }

    private mutating func compile(_ arguments: ArgumentList, _ scope: CompileScope) {
        compile(arguments.positional, scope)
        for index in arguments.named.indices { compile(tree.namedArguments[index].value, scope) }
        compile(arguments.star, scope)
        compile(arguments.doubleStar, scope)
    }

    // MARK: - Names and calls

    private mutating func compileName(_ id: ExpressionID, _ name: NameID) {
        guard let binding = bindings.find(name) else {
            // Every name was analysed when its scope was entered.
            let error = EvaluationError(.undefined, "'\(tree.names[name].text)' is undefined")
            tree.expressions[id].kind = .failure(tree.failures.add(error))
            return
        }
        let hops = bindings.hops(to: binding)
        tree.expressions[id].kind =
            hops == 0
            ? .variable(slot: binding.slot, name) : .outerVariable(hops: hops, slot: binding.slot, name)
    }

    private mutating func compileCall(_ callee: ExpressionID, _ arguments: ArgumentList, _ scope: CompileScope) {
        if options.strictCompilation, case .name(let name) = tree.expressions[callee].kind,
            bindings.find(name)?.load == .resolve, let function = registry.functions[tree.names[name].text]
        {
            check(arguments, function.signature, "function `\(function.name)`", tree.expressions[callee].range)
        }
        if options.strictCompilation, case .name(let name) = tree.expressions[callee].kind {
            checkMacroCall(name, arguments, isCallBlock: isCallBlock, at: tree.expressions[callee].range)
        }
        isCallBlock = false
        compile(callee, scope)
        compile(arguments, scope)
    }

    /// Checks the arguments of a call where the name can only be a macro of this template.
    private mutating func checkMacroCall(
        _ name: NameID, _ arguments: ArgumentList, isCallBlock: Bool, at range: SourceRange
    ) {
        guard let known = macroSignatures[name], known.definition.end <= range.start,
            let binding = bindings.find(name), known.isTopLevel || binding.load != .resolve
        else { return }
        let caller = isCallBlock ? ["caller"] : []
        check(arguments, known.signature, "macro `\(tree.names[name].text)`", range, extra: caller)
    }

    // MARK: - Filters and tests

    private mutating func compileFilter(
        _ id: ExpressionID, _ operand: ExpressionID, _ application: Ref<Application>, _ scope: CompileScope
    ) {
        if operand.exists {
            compile(operand, scope)
        } else {
            tree.expressions[id].kind = .filter(captured(scope, tree.expressions[id].range), application)
        }
        let (name, arguments) = (tree.applications[application].name, tree.applications[application].arguments)
        compile(tree.arguments[arguments], scope)
        let text = tree.text(name)
        guard let filter = registry.filters[text] else {
            return fail(id, registry.unknownFilter(text), name, scope)
        }
        let binding = bind(tree.arguments[arguments], filter.signature, name, isFilter: true)
        tree.applications[application].target = .code(
            ApplicationCode(.filter(filter.function), filter.signature, binding))
    }

    /// The text that a filter block works on.
    private mutating func captured(_ scope: CompileScope, _ range: SourceRange) -> ExpressionID {
        let kind: Expression.Kind =
            scope.captureSlot < 0
            ? .constant(tree.constants.add(.none)) : .variable(slot: scope.captureSlot, .captured)
        return tree.expressions.add(Expression(kind: kind, range: range, depth: 1))
    }

    private mutating func compileTest(
        _ id: ExpressionID, _ operand: ExpressionID, _ application: Ref<Application>, _ scope: CompileScope
    ) {
        compile(operand, scope)
        let (name, arguments) = (tree.applications[application].name, tree.applications[application].arguments)
        compile(tree.arguments[arguments], scope)
        let text = tree.text(name)
        guard let test = registry.tests[text] else {
            return fail(id, registry.unknownTest(text), name, scope)
        }
        let binding = bind(tree.arguments[arguments], test.signature, name, isFilter: false)
        tree.applications[application].target = .code(ApplicationCode(.test(test.function), test.signature, binding))
    }

    /// Reports an unknown filter or test now, or makes the expression fail when it is reached.
    private mutating func fail(
        _ id: ExpressionID, _ error: EvaluationError, _ name: Word, _ scope: CompileScope
    ) {
        if options.strictCompilation || !scope.isSoft {
            report(
                ProblemID.unknownName, error.message, at: name.range,
                label: error.suggestion.map { "did you mean `\($0)`?" })
        }
        let depth = tree.expressions[id].depth
        tree.expressions[id] = Expression(
            kind: .failure(tree.failures.add(error)), range: name.range, depth: depth)
    }

    private mutating func bind(
        _ arguments: ArgumentList, _ signature: Signature, _ name: Word, isFilter: Bool
    ) -> ApplicationCode.Binding {
        if arguments.isEmpty, !signature.hasRequiredParameters { return .empty }
        if arguments.isSpread { return .dynamic }
        if !fits(arguments, signature) {
            let callee = "\(isFilter ? "filter" : "test") `\(tree.text(name))`"
            guard check(arguments, signature, callee, name.range) else { return .dynamic }
        }
        return boundArguments(arguments, signature)
    }

    /// Whether arguments fit, where that is easily seen.
    private func fits(_ arguments: ArgumentList, _ signature: Signature) -> Bool {
        arguments.named.isEmpty && signature.fits(positionalCount: Int(arguments.positional.count))
    }

    /// Whether the number and names of arguments fit; a misfit is reported when compilation is strict.
    @discardableResult
    private mutating func check(
        _ arguments: ArgumentList, _ signature: Signature, _ callee: String, _ range: SourceRange,
        extra: [String] = []
    ) -> Bool {
        if arguments.isSpread { return true }
        let names = tree.namedArguments[arguments.named].map { tree.text($0.name) } + extra
        guard let problem = signature.problem(positionalCount: Int(arguments.positional.count), names: names)
        else {
            return true
        }
        if options.strictCompilation { report(ProblemID.arguments, "\(callee) \(problem)", at: range) }
        return false
    }

    /// Gives every parameter its argument; the number and names are known to fit.
    private func boundArguments(_ arguments: ArgumentList, _ signature: Signature) -> ApplicationCode.Binding {
        let count = signature.parameters.count
        let positional = tree.expressionLists[arguments.positional]
        var values = Array(positional.prefix(count))
        var others: [(name: String, value: ExpressionID)] = []
        for argument in tree.namedArguments[arguments.named] {
            let name = tree.text(argument.name)
            if let index = signature.parameters.firstIndex(where: { $0.name == name }) {
                while values.count <= index { values.append(.none) }
                values[index] = argument.value
            } else {
                others.append((name, argument.value))
            }
        }
        let rest = Array(positional.dropFirst(count))
        return rest.isEmpty && others.isEmpty ? .parameters(values) : .open(values, rest: rest, named: others)
    }
}
