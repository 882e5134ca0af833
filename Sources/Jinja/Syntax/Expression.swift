/// An expression with its place and the depth of its tree.
struct Expression {
    /// What the expression does.
    indirect enum Kind {
        case constant(Constant)
        case name(String)
        case tuple([Expression])
        case list([Expression])
        case dict([(key: Expression, value: Expression)])
        case negate(Expression)
        case plus(Expression)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case arithmetic(ArithmeticOperator, Expression, Expression)
        case concatenate([Expression])
        case compare(Expression, [(operation: ComparisonOperator, operand: Expression)])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
        case attribute(Expression, Word)
        case item(Expression, Expression)
        case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
        case call(Expression, ArgumentList)
        /// A filter; without an operand it is the head of a filter block.
        case filter(Expression?, Word, ArgumentList)
        case test(Expression, Word, ArgumentList)
    }

    let kind: Kind
    let range: SourceRange
    let depth: Int

    init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
        var deepest = 0
        kind.forEachChild { deepest = max(deepest, $0.depth) }
        depth = deepest + 1
    }
}

/// A name with its place.
struct Word {
    let text: String
    let range: SourceRange
}

/// The arguments of a call, filter or test as written.
struct ArgumentList {
    var positional: [Expression] = []
    var named: [(name: Word, value: Expression)] = []
    var star: Expression?
    var doubleStar: Expression?

    /// Whether arguments come out of a collection.
    var isSpread: Bool { star != nil || doubleStar != nil }

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && star == nil && doubleStar == nil }

    func forEach(_ body: (Expression) -> Void) {
        positional.forEach(body)
        for argument in named { body(argument.value) }
        if let star { body(star) }
        if let doubleStar { body(doubleStar) }
    }
}

/// The comparison operators.
enum ComparisonOperator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contained = "in"
    case notContained = "not in"
}

extension Expression.Kind {
    /// Visits the direct parts, in the order of the text.
    func forEachChild(_ body: (Expression) -> Void) {
        switch self {
        case .constant, .name: return
        case .tuple(let items), .list(let items), .concatenate(let items): items.forEach(body)
        case .dict(let pairs):
            for pair in pairs {
                body(pair.key)
                body(pair.value)
            }
        case .negate(let operand), .plus(let operand), .not(let operand), .attribute(let operand, _):
            body(operand)
        case .and(let left, let right), .or(let left, let right), .arithmetic(_, let left, let right),
            .item(let left, let right):
            body(left)
            body(right)
        case .compare(let first, let rest):
            body(first)
            for part in rest { body(part.operand) }
        case .conditional(let test, let then, let otherwise):
            body(test)
            body(then)
            if let otherwise { body(otherwise) }
        case .slice(let operand, let start, let stop, let step):
            body(operand)
            for bound in [start, stop, step] { if let bound { body(bound) } }
        case .call(let callee, let arguments):
            body(callee)
            arguments.forEach(body)
        case .filter(let operand, _, let arguments):
            if let operand { body(operand) }
            arguments.forEach(body)
        case .test(let operand, _, let arguments):
            body(operand)
            arguments.forEach(body)
        }
    }
}
