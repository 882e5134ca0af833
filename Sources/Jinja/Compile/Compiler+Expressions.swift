extension Compiler {
    /// The node of an expression.
    mutating func compile(_ expression: Expression, _ scope: CompileScope) -> any ExpressionNode {
        let range = expression.range
        switch expression.kind {
        case .constant(let constant): return ConstantNode(constant, range)
        case .name(let name): return compileName(name, scope, range)
        case .tuple(let items):
            return fold(SequenceNode(compile(items, scope), isTuple: true, range), range)
        case .list(let items): return SequenceNode(compile(items, scope), isTuple: false, range)
        case .dict(let pairs):
            return DictNode(pairs.map { (compile($0.key, scope), compile($0.value, scope)) }, range)
        case .negate(let operand):
            return fold(UnaryNode(.negate, compile(operand, scope), range), range, operand)
        case .plus(let operand):
            return fold(UnaryNode(.plus, compile(operand, scope), range), range, operand)
        case .not(let operand):
            return fold(UnaryNode(.not, compile(operand, scope), range), range, operand)
        case .and(let left, let right):
            return LogicNode(isAnd: true, compile(left, scope), compile(right, scope), range)
        case .or(let left, let right):
            return LogicNode(isAnd: false, compile(left, scope), compile(right, scope), range)
        case .arithmetic(let operation, let left, let right):
            let node = ArithmeticNode(operation, compile(left, scope), compile(right, scope), range)
            if operation == .power, let node = negatedPower(node, left, right, scope) { return node }
            return fold(node, range, left, right)
        case .concatenate(let parts):
            // Jinja2 folds constants, also filtered ones, and the folded text has lost the mark of safe parts.
            let isConstant = parts.allSatisfy { isFolded($0, scope) }
            // Where only the evaluation knows the mode, it joins plain text, too.
            let escape = isConstant ? EscapeMode.none : scope.escape ?? .none
            return ConcatenateNode(compile(parts, scope), escape: escape, range)
        case .compare(let first, let rest):
            return CompareNode(
                compile(first, scope), rest.map { ($0.operation, compile($0.operand, scope)) }, range)
        case .conditional(let test, let then, let otherwise):
            let soft = scope.soft()
            return ConditionalNode(
                compile(test, soft), compile(then, soft), otherwise.map { compile($0, soft) }, range)
        default: return compileAccess(expression, scope)
        }
    }

    /// Jinja2 writes a constant base into Python code, where the sign of a negative one binds less than `**`.
    private func negatedPower(
        _ node: ArithmeticNode, _ left: Expression, _ right: Expression, _ scope: CompileScope
    ) -> (any ExpressionNode)? {
        guard isFolded(left, scope), !isFolded(right, scope),
            let base = ConstantEvaluation.evaluate(node.left)?.number, base.doubleValue.sign == .minus,
            let negated = try? base.value.negated(), let positive = Constant(negated)
        else { return nil }
        let power = ArithmeticNode(.power, ConstantNode(positive, left.range), node.right, node.range)
        return UnaryNode(.negate, power, node.range)
    }

    private mutating func compile(_ expressions: [Expression], _ scope: CompileScope)
        -> [any ExpressionNode]
    {
        expressions.map { compile($0, scope) }
    }

    private mutating func compileAccess(_ expression: Expression, _ scope: CompileScope)
        -> any ExpressionNode
    {
        let range = expression.range
        switch expression.kind {
        case .attribute(let operand, let name):
            return AttributeNode(compile(operand, scope), name.text, range)
        case .item(let operand, let key):
            return ItemNode(compile(operand, scope), compile(key, scope), range)
        case .slice(let operand, let start, let stop, let step):
            return SliceNode(
                compile(operand, scope), start.map { compile($0, scope) }, stop.map { compile($0, scope) },
                step.map { compile($0, scope) }, range)
        case .call(let callee, let arguments):
            return compileCall(callee, arguments, scope, callerSlot: nil, range)
        case .filter(let operand, let name, let arguments):
            return compileFilter(operand, name, arguments, scope, range)
        case .test(let operand, let name, let arguments):
            return compileTest(operand, name, arguments, scope, range)
        default: return ConstantNode(.none, range)
        }
    }

    mutating func compileCall(
        _ callee: Expression, _ arguments: ArgumentList, _ scope: CompileScope, callerSlot: Int?,
        _ range: SourceRange
    ) -> any ExpressionNode {
        if options.strictCompilation, case .name(let name) = callee.kind,
            case .resolve? = load(of: name, scope),
            let function = registry.functions[name]
        {
            check(arguments, function.signature, "function `\(name)`", callee.range)
        }
        return CallNode(
            compile(callee, scope), compile(arguments, scope), callerSlot: callerSlot, range)
    }

    private func load(of name: String, _ scope: CompileScope) -> Symbols.Load? {
        guard let slot = scope.symbols.find(name) else { return nil }
        var symbols: Symbols? = scope.symbols
        while let current = symbols {
            if let load = current.load(of: slot) { return load }
            symbols = current.parent
        }
        return nil
    }

    func compileName(_ name: String, _ scope: CompileScope, _ range: SourceRange)
        -> any ExpressionNode
    {
        guard let slot = scope.symbols.find(name) else {
            // Every name was analysed when its scope was entered.
            return UnknownNameNode(EvaluationError(.undefined, "'\(name)' is undefined"), range)
        }
        let reference = scope.reference(slot)
        return reference.hops == 0
            ? NameNode(name, slot: reference.slot, range) : OuterNameNode(name, reference, range)
    }

    private mutating func compile(_ arguments: ArgumentList, _ scope: CompileScope) -> ArgumentNodes {
        ArgumentNodes(
            positional: compile(arguments.positional, scope),
            named: arguments.named.map { ($0.name.text, compile($0.value, scope)) },
            star: arguments.star.map { compile($0, scope) },
            doubleStar: arguments.doubleStar.map { compile($0, scope) })
    }

    // MARK: - Filters and tests

    private mutating func compileFilter(
        _ operand: Expression?, _ name: Word, _ arguments: ArgumentList, _ scope: CompileScope,
        _ range: SourceRange
    ) -> any ExpressionNode {
        let operandNode = operand.map { compile($0, scope) } ?? captured(scope, range)
        let nodes = compile(arguments, scope)
        guard let filter = registry.filters[name.text] else {
            return unknown(registry.unknownFilter(name.text), name, scope)
        }
        let nameRange = SourceRange(start: name.range.start, end: range.end)
        return FilterNode(
            operandNode, filter.function,
            source(arguments, nodes, filter.signature, "filter `\(name.text)`", name.range),
            argumentDepth: nodes.depth, nameRange: nameRange, range)
    }

    private func captured(_ scope: CompileScope, _ range: SourceRange) -> any ExpressionNode {
        guard let slot = scope.captureSlot else { return ConstantNode(.none, range) }
        return NameNode("", slot: slot.slot, range)
    }

    private mutating func compileTest(
        _ operand: Expression, _ name: Word, _ arguments: ArgumentList, _ scope: CompileScope,
        _ range: SourceRange
    ) -> any ExpressionNode {
        let operandNode = compile(operand, scope)
        let nodes = compile(arguments, scope)
        guard let test = registry.tests[name.text] else {
            return unknown(registry.unknownTest(name.text), name, scope)
        }
        let nameRange = SourceRange(start: name.range.start, end: range.end)
        return TestNode(
            operandNode, test.function,
            source(arguments, nodes, test.signature, "test `\(name.text)`", name.range),
            argumentDepth: nodes.depth, nameRange: nameRange, range)
    }

    /// Reports an unknown filter or test now, or makes a node that fails when it is reached.
    private mutating func unknown(
        _ error: EvaluationError, _ name: Word, _ scope: CompileScope
    ) -> any ExpressionNode {
        if options.strictCompilation || !scope.isSoft {
            report(
                ProblemID.unknownName, error.message, at: name.range,
                label: error.suggestion.map { "did you mean `\($0)`?" })
        }
        return UnknownNameNode(error, name.range)
    }

    private mutating func source(
        _ arguments: ArgumentList, _ nodes: ArgumentNodes, _ signature: Signature, _ callee: String,
        _ range: SourceRange
    ) -> ArgumentSource {
        let isStatic = arguments.star == nil && arguments.doubleStar == nil
        if isStatic, check(arguments, signature, callee, range) {
            return .bound(BoundArguments(signature, nodes))
        }
        return .dynamic(nodes, signature, callee: callee)
    }

    /// Whether the number and names of arguments fit; a misfit is reported when compilation is strict.
    @discardableResult
    private mutating func check(
        _ arguments: ArgumentList, _ signature: Signature, _ callee: String, _ range: SourceRange
    ) -> Bool {
        guard arguments.star == nil, arguments.doubleStar == nil else { return true }
        let names = arguments.named.map(\.name.text)
        guard let problem = signature.problem(positionalCount: arguments.positional.count, names: names)
        else {
            return true
        }
        if options.strictCompilation { report(ProblemID.arguments, "\(callee) \(problem)", at: range) }
        return false
    }

    // MARK: - Folding

    /// The value of an expression whose parts are all constant; an expression that fails is left to fail when it
    /// is reached.
    private func fold(
        _ node: any ExpressionNode, _ range: SourceRange, _ operands: Expression...
    ) -> any ExpressionNode {
        for operand in operands { guard operand.isConstant else { return node } }
        return folded(node, range)
    }

    private func fold(_ node: SequenceNode, _ range: SourceRange) -> any ExpressionNode {
        node.isConstant ? folded(node, range) : node
    }

    private func folded(_ node: any ExpressionNode, _ range: SourceRange) -> any ExpressionNode {
        guard let value = ConstantEvaluation.evaluate(node), let constant = Constant(value) else {
            return node
        }
        return ConstantNode(constant, range)
    }
}

extension Expression {
    /// Whether the value is known at compile time without a filter, a name or a mutable collection.
    var isConstant: Bool {
        switch kind {
        case .constant: true
        case .negate(let operand), .plus(let operand), .not(let operand): operand.isConstant
        case .arithmetic(_, let left, let right): left.isConstant && right.isConstant
        default: false
        }
    }
}
