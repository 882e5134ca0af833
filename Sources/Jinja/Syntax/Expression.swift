/// The number of an expression in its tree.
typealias ExpressionID = Ref<Expression>

/// An expression with its place and the depth of its tree.
struct Expression: Sendable {
    /// What the expression does. The parser makes `name`; the compiler turns it into a variable or a failure.
    enum Kind: Sendable {
        case constant(Ref<Constant>)
        case name(NameID)
        /// A variable of the function itself.
        case variable(slot: Int32, NameID)
        /// A variable of a function around it, by the number of functions outwards.
        case outerVariable(hops: Int32, slot: Int32, NameID)
        /// An error that is raised when the expression is reached.
        case failure(Ref<EvaluationError>)
        case tuple(Run<ExpressionID>)
        case list(Run<ExpressionID>)
        /// Keys and values in turn.
        case dict(Run<ExpressionID>)
        case negate(ExpressionID)
        case plus(ExpressionID)
        case not(ExpressionID)
        case and(ExpressionID, ExpressionID)
        case or(ExpressionID, ExpressionID)
        case arithmetic(ArithmeticOperator, ExpressionID, ExpressionID)
        /// The mode in which parts are joined is known once the expression is compiled.
        case concatenate(Run<ExpressionID>, EscapeMode)
        case compare(ComparisonOperator, ExpressionID, ExpressionID)
        case chain(Ref<ComparisonChain>)
        /// Without `else` the last part does not exist.
        case conditional(test: ExpressionID, then: ExpressionID, otherwise: ExpressionID)
        case attribute(ExpressionID, NameID)
        case item(ExpressionID, ExpressionID)
        case slice(ExpressionID, Ref<SliceParts>)
        case call(ExpressionID, Ref<ArgumentList>)
        /// A filter; as the head of a filter block it has no operand until it is compiled.
        case filter(ExpressionID, Ref<Application>)
        case test(ExpressionID, Ref<Application>)
    }

    var kind: Kind
    let range: SourceRange
    let depth: Int32
}

/// A name with its place.
struct Word: Sendable {
    let name: NameID
    let range: SourceRange
}

/// `a < b <= c`: one operator fewer than operands.
struct ComparisonChain: Sendable {
    let operands: Run<ExpressionID>
    let operators: Run<ComparisonOperator>
}

/// The bounds of a slice; those left out do not exist.
struct SliceParts: Sendable {
    let start: ExpressionID
    let stop: ExpressionID
    let step: ExpressionID
}

/// The arguments of a call, filter or test as written.
struct ArgumentList: Sendable {
    var positional = Run<ExpressionID>.empty
    var named = Run<NamedArgument>.empty
    var star = ExpressionID.none
    var doubleStar = ExpressionID.none

    /// Whether arguments come out of a collection.
    var isSpread: Bool { star.exists || doubleStar.exists }

    var isEmpty: Bool { positional.isEmpty && named.isEmpty && !isSpread }
}

/// A keyword argument.
struct NamedArgument: Sendable {
    let name: Word
    let value: ExpressionID
}

/// A filter or test with its arguments.
struct Application: Sendable {
    let name: Word
    let arguments: Ref<ArgumentList>
    /// The name with its arguments, which is what a failure points at.
    let range: SourceRange
    /// What is called; the parser leaves it open.
    var target = ApplicationTarget.unresolved
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
