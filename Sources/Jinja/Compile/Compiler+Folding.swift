/// What Jinja2 computes when it compiles a template. It shows where folding loses the mark of safe text or comes
/// before an `autoescape` whose mode is not known yet.
extension Compiler {
    /// Whether Jinja2 folds an expression.
    func isFolded(_ expression: Expression, _ scope: CompileScope) -> Bool {
        switch expression.kind {
        case .name, .call, .filter(nil, _, _), .conditional(_, _, nil): return false
        case .or(let left, let right):
            return isFolded(left, scope) && (truth(of: left, scope) == true || isFolded(right, scope))
        case .and(let left, let right):
            return isFolded(left, scope) && (truth(of: left, scope) == false || isFolded(right, scope))
        case .conditional(let test, let then, let otherwise?):
            guard isFolded(test, scope) else { return false }
            guard let truth = truth(of: test, scope) else { return isFolded(then, scope) && isFolded(otherwise, scope) }
            return isFolded(truth ? then : otherwise, scope)
        case .filter(_, let name, let arguments):
            // Filters wait where only the evaluation knows how output is escaped.
            if scope.escape == nil || Self.contextFilters.contains(name.text) || arguments.isSpread { return false }
        case .test(_, _, let arguments): if scope.escape == nil || arguments.isSpread { return false }
        default: break
        }
        var isFolded = true
        expression.kind.forEachChild { if isFolded, !self.isFolded($0, scope) { isFolded = false } }
        return isFolded
    }

    /// The truth of a constant expression; `nil` where it fails or is too deep to be computed ahead.
    private func truth(of expression: Expression, _ scope: CompileScope) -> Bool? {
        switch expression.kind {
        case .constant(let constant): try? constant.value.isTrue()
        case .list(let items), .tuple(let items): !items.isEmpty
        case .dict(let pairs): !pairs.isEmpty
        case .not(let operand): truth(of: operand, scope).map { !$0 }
        case .or(let left, let right): truth(of: left, scope).flatMap { $0 ? true : truth(of: right, scope) }
        case .and(let left, let right): truth(of: left, scope).flatMap { $0 ? truth(of: right, scope) : false }
        default: computedTruth(of: expression, scope)
        }
    }

    private func computedTruth(of expression: Expression, _ scope: CompileScope) -> Bool? {
        // The compilation below asks again for what is inside: the bound keeps that from growing without end.
        guard expression.depth <= 6 else { return nil }
        var copy = self
        return ConstantEvaluation.evaluate(copy.compile(expression, scope)).flatMap { try? $0.isTrue() }
    }

    /// The filters that see the context, which Jinja2 does not fold.
    private static let contextFilters: Set<String> = [
        "map", "select", "reject", "selectattr", "rejectattr", "random",
    ]
}
