/// A statement with its place: the place of its opening tag, or of its text.
struct Statement {
    /// What the statement does.
    indirect enum Kind {
        case text
        case output(Expression)
        case print([Expression])
        case `if`([Branch], otherwise: [Statement])
        case `for`(ForLoop)
        case set(Target, Expression)
        case setBlock(Target, filter: Expression?, body: [Statement])
        case macro(Word, MacroSignature, body: [Statement])
        case call(MacroSignature, call: Expression, body: [Statement])
        case filter(Expression, body: [Statement])
        case with([(target: Target, value: Expression)], body: [Statement])
        case autoescape(Expression, body: [Statement])
        case block(BlockStatement)
        case extends(Expression)
        case include(Expression, ignoreMissing: Bool, withContext: Bool)
        case `import`(Expression, as: Word, withContext: Bool)
        case fromImport(Expression, names: [(name: Word, alias: Word)], withContext: Bool)
        case `do`(Expression)
        case `break`
        case `continue`
    }

    /// A condition and what it guards.
    struct Branch {
        let test: Expression
        let body: [Statement]
    }

    let kind: Kind
    let range: SourceRange
}

/// A `for` statement.
struct ForLoop {
    let target: Target
    let iterable: Expression
    let test: Expression?
    let isRecursive: Bool
    let body: [Statement]
    let otherwise: [Statement]
}

/// A `block` statement.
struct BlockStatement {
    let name: Word
    let isScoped: Bool
    let isRequired: Bool
    let body: [Statement]
}

/// The parameters of a macro or call block; the defaults belong to the last parameters.
struct MacroSignature {
    var parameters: [Word] = []
    var defaults: [Expression] = []
}

/// What can stand left of `=` or between `for` and `in`.
indirect enum Target {
    case name(Word)
    case tuple([Target], SourceRange)
    case attribute(namespace: Word, attribute: Word)

    /// Visits the names that are assigned.
    func forEachName(_ body: (Word) -> Void) {
        switch self {
        case .name(let word): body(word)
        case .tuple(let targets, _): for target in targets { target.forEachName(body) }
        case .attribute: return
        }
    }

    /// Visits the namespaces whose attributes are assigned.
    func forEachNamespace(_ body: (Word) -> Void) {
        switch self {
        case .name: return
        case .tuple(let targets, _): for target in targets { target.forEachNamespace(body) }
        case .attribute(let namespace, _): body(namespace)
        }
    }
}
