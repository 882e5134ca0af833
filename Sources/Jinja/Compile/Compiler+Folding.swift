/// Constant expressions: what is computed ahead, and what Jinja2 computes when it compiles a template. Its folding
/// shows where it loses the mark of safe text or comes before an `autoescape` whose mode is not known yet.
extension Compiler {
    /// Compiles an expression that may have a value that is known now.
    mutating func compileFoldable(_ id: ExpressionID, _ scope: CompileScope) {
        let kind = tree.expressions[id].kind
        switch kind {
        case .negate(let operand), .plus(let operand), .not(let operand):
            compile(operand, scope)
            if isConstant(operand) { fold(id) }
        case .arithmetic(let operation, let left, let right):
            compile(left, scope)
            compile(right, scope)
            if operation == .power, negatePower(id, left, right, scope) { return }
            if isConstant(left), isConstant(right) { fold(id) }
        case .tuple(let items):
            for index in items.indices { compile(tree.expressionLists[index], scope) }
            foldTuple(id, items)
        case .concatenate(let parts, _):
            for index in parts.indices { compile(tree.expressionLists[index], scope) }
            // Jinja2 folds constants, also filtered ones, and the folded text has lost the mark of safe parts.
            var isConstant = true
            for index in parts.indices where isConstant {
                isConstant = isFolded(tree.expressionLists[index], scope)
            }
            // Where only the evaluation knows the mode, it joins plain text, too.
            tree.expressions[id].kind = .concatenate(parts, isConstant ? .none : scope.escape ?? .none)
        default: return
        }
    }

    /// The value of an expression that needs nothing but constants; `nil` where it fails or becomes large.
    func evaluate(_ id: ExpressionID) -> Value? {
        if case .constant(let constant) = tree.expressions[id].kind { return tree.constants[constant].value }
        return ConstantEvaluation.evaluate(id, of: tree)
    }

    /// Replaces an expression by its value; one that fails is left to fail when it is reached.
    private mutating func fold(_ id: ExpressionID) {
        guard let value = evaluate(id), let constant = Constant(value) else { return }
        tree.expressions[id].kind = .constant(tree.constants.add(constant))
    }

    private mutating func foldTuple(_ id: ExpressionID, _ items: Run<ExpressionID>) {
        var values: [Constant] = []
        for index in items.indices {
            guard case .constant(let constant) = tree.expressions[tree.expressionLists[index]].kind else { return }
            values.append(tree.constants[constant])
        }
        tree.expressions[id].kind = .constant(tree.constants.add(.tuple(values)))
    }

    /// Whether the value is known without a filter, a name or a mutable collection.
    private func isConstant(_ id: ExpressionID) -> Bool {
        switch tree.expressions[id].kind {
        case .constant(let constant): if case .tuple = tree.constants[constant] { false } else { true }
        case .negate(let operand), .plus(let operand), .not(let operand): isConstant(operand)
        case .arithmetic(_, let left, let right): isConstant(left) && isConstant(right)
        default: false
        }
    }

    /// Jinja2 writes a constant base into Python code, where the sign of a negative one binds less than `**`.
    /// - Returns: whether that was so.
    private mutating func negatePower(
        _ id: ExpressionID, _ left: ExpressionID, _ right: ExpressionID, _ scope: CompileScope
    ) -> Bool {
        guard isFolded(left, scope), !isFolded(right, scope), let base = evaluate(left)?.number,
            base.doubleValue.sign == .minus, let negated = try? base.value.negated(),
            let positive = Constant(negated)
        else { return false }
        let (range, depth) = (tree.expressions[id].range, tree.expressions[id].depth)
        let magnitude = tree.expressions.add(
            Expression(
                kind: .constant(tree.constants.add(positive)), range: tree.expressions[left].range, depth: 1))
        let power = tree.expressions.add(
            Expression(kind: .arithmetic(.power, magnitude, right), range: range, depth: depth))
        tree.expressions[id] = Expression(kind: .negate(power), range: range, depth: depth + 1)
        return true
    }

    // MARK: - What Jinja2 folds

    /// Whether Jinja2 folds an expression, which has been compiled.
    func isFolded(_ id: ExpressionID, _ scope: CompileScope) -> Bool {
        let kind = tree.expressions[id].kind
        switch kind {
        case .name, .variable, .outerVariable, .call: return false
        case .or(let left, let right):
            return isFolded(left, scope) && (truth(of: left) == true || isFolded(right, scope))
        case .and(let left, let right):
            return isFolded(left, scope) && (truth(of: left) == false || isFolded(right, scope))
        case .conditional(let test, let then, let otherwise):
            guard otherwise.exists, isFolded(test, scope) else { return false }
            guard let truth = truth(of: test) else { return isFolded(then, scope) && isFolded(otherwise, scope) }
            return isFolded(truth ? then : otherwise, scope)
        case .filter(_, let application):
            // Filters wait where only the evaluation knows how output is escaped.
            let name = tree.text(tree.applications[application].name)
            if scope.escape == nil || Self.contextFilters.contains(name) || isSpread(application) { return false }
        case .test(_, let application): if scope.escape == nil || isSpread(application) { return false }
        default: break
        }
        for child in tree.children(of: kind) where !isFolded(child, scope) { return false }
        return true
    }

    private func isSpread(_ application: Ref<Application>) -> Bool {
        tree.arguments[tree.applications[application].arguments].isSpread
    }

    /// The truth of a constant expression; `nil` where it fails or is too deep to be computed ahead.
    private func truth(of id: ExpressionID) -> Bool? {
        let expression = tree.expressions[id]
        switch expression.kind {
        case .constant(let constant): return try? tree.constants[constant].value.isTrue()
        case .list(let items), .tuple(let items), .dict(let items): return !items.isEmpty
        case .not(let operand): return truth(of: operand).map { !$0 }
        case .or(let left, let right): return truth(of: left).flatMap { $0 ? true : truth(of: right) }
        case .and(let left, let right): return truth(of: left).flatMap { $0 ? truth(of: right) : false }
        default:
            // Each level asks again for what is inside: the bound keeps that from growing without end.
            guard expression.depth <= 6 else { return nil }
            return evaluate(id).flatMap { try? $0.isTrue() }
        }
    }

    /// The filters that see the context, which Jinja2 does not fold.
    private static let contextFilters: Set<String> = [
        "map", "select", "reject", "selectattr", "rejectattr", "random",
    ]
}
