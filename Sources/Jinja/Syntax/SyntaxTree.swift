/// A template as a tree, node by node in pools. The parser fills it; the compiler settles what names mean, in place;
/// the evaluator runs it.
struct SyntaxTree: ~Copyable, Sendable {
    var names = NameTable()

    var expressions = Pool<Expression>()
    var expressionLists = Pool<ExpressionID>()
    var constants = Pool<Constant>()
    var failures = Pool<EvaluationError>()
    var chains = Pool<ComparisonChain>()
    var operators = Pool<ComparisonOperator>()
    var slices = Pool<SliceParts>()
    var arguments = Pool<ArgumentList>()
    var namedArguments = Pool<NamedArgument>()
    var applications = Pool<Application>()

    var statements = Pool<Statement>()
    var statementLists = Pool<StatementID>()
    var conditions = Pool<Condition>()
    var branches = Pool<Condition.Branch>()
    var loops = Pool<ForLoop>()
    var captures = Pool<CaptureStatement>()
    var macroStatements = Pool<MacroStatement>()
    var macros = Pool<Macro>()
    var parameters = Pool<Parameter>()
    var calls = Pool<CallStatement>()
    var withStatements = Pool<WithStatement>()
    var assignments = Pool<Assignment>()
    var autoescapes = Pool<AutoescapeStatement>()
    /// In the order of the text.
    var blocks = Pool<BlockStatement>()
    var includes = Pool<IncludeStatement>()
    var imports = Pool<ImportStatement>()
    var importMembers = Pool<ImportStatement.Member>()
    var targets = Pool<Target>()
    var targetLists = Pool<Ref<Target>>()

    /// What the compiler adds: how scopes begin, and which variables are handed over.
    var entryActions = Pool<ScopeEntry.Action>()
    var localVariables = Pool<LocalVariable>()

    var hasExtends = false
    var hasScopedBlock = false
    /// Whether `loop` is assigned somewhere.
    var assignsLoop = false

    func text(_ word: Word) -> String { names[word.name].text }

    /// A tree with the expressions of this one alone. A tree is moved and never copied, because a copy counts a
    /// reference for every pool: this is for the few expressions that are evaluated while a template is compiled.
    func expressionsAlone() -> SyntaxTree {
        var copy = SyntaxTree()
        copy.names = names
        copy.expressions = expressions
        copy.expressionLists = expressionLists
        copy.constants = constants
        copy.failures = failures
        copy.chains = chains
        copy.operators = operators
        copy.slices = slices
        copy.arguments = arguments
        copy.namedArguments = namedArguments
        copy.applications = applications
        return copy
    }
}

extension SyntaxTree {
    /// Visits the direct parts of an expression, in the order of the text.
    @inline(__always)
    func forEachChild(_ kind: Expression.Kind, _ body: (ExpressionID) -> Void) {
        switch kind {
        case .constant, .name, .variable, .outerVariable, .failure: return
        case .tuple(let items), .list(let items), .dict(let items), .concatenate(let items, _):
            for index in items.indices { body(expressionLists[index]) }
        case .negate(let operand), .plus(let operand), .not(let operand), .attribute(let operand, _): body(operand)
        case .and(let left, let right), .or(let left, let right), .arithmetic(_, let left, let right),
            .compare(_, let left, let right), .item(let left, let right):
            body(left)
            body(right)
        case .chain(let chain): for index in chains[chain].operands.indices { body(expressionLists[index]) }
        case .conditional(let test, let then, let otherwise):
            body(test)
            body(then)
            if otherwise.exists { body(otherwise) }
        case .slice(let operand, let parts):
            body(operand)
            let parts = slices[parts]
            if parts.start.exists { body(parts.start) }
            if parts.stop.exists { body(parts.stop) }
            if parts.step.exists { body(parts.step) }
        case .call(let callee, let arguments):
            body(callee)
            forEach(self.arguments[arguments], body)
        case .filter(let operand, let application), .test(let operand, let application):
            if operand.exists { body(operand) }
            forEach(self.arguments[applications[application].arguments], body)
        }
    }

    /// Visits the arguments of a call.
    @inline(__always)
    func forEach(_ arguments: ArgumentList, _ body: (ExpressionID) -> Void) {
        for index in arguments.positional.indices { body(expressionLists[index]) }
        for index in arguments.named.indices { body(namedArguments[index].value) }
        if arguments.star.exists { body(arguments.star) }
        if arguments.doubleStar.exists { body(arguments.doubleStar) }
    }

    /// The direct parts of an expression, for visitors that change the tree.
    func children(of kind: Expression.Kind) -> [ExpressionID] {
        var result: [ExpressionID] = []
        forEachChild(kind) { result.append($0) }
        return result
    }

    /// The name of a variable, whether the compiler has seen it or not.
    func name(of kind: Expression.Kind) -> NameID? {
        switch kind {
        case .name(let name), .outerVariable(_, _, let name): name
        case .variable(_, let name): name == .captured ? nil : name
        default: nil
        }
    }

    /// Visits the names that are assigned.
    func forEachName(_ target: Ref<Target>, _ body: (Word) -> Void) {
        switch targets[target] {
        case .name(let word), .slot(_, let word), .exported(_, let word): body(word)
        case .tuple(let parts, _): for index in parts.indices { forEachName(targetLists[index], body) }
        case .attribute: return
        }
    }

    /// The names that are assigned.
    func words(of target: Ref<Target>) -> [Word] {
        var result: [Word] = []
        forEachName(target) { result.append($0) }
        return result
    }

    /// The namespaces whose attributes are assigned.
    func namespaces(of target: Ref<Target>) -> [ExpressionID] {
        switch targets[target] {
        case .tuple(let parts, _): targetLists[parts].flatMap { namespaces(of: $0) }
        case .attribute(let namespace, _, _): [namespace]
        case .name, .slot, .exported: []
        }
    }
}

extension SyntaxTree {
    /// Visits every statement, also inside bodies and blocks, in the order of the text.
    func forEachNested(_ body: Body, _ visit: (Statement) -> Void) {
        for statement in statementLists[body.statements] {
            let statement = statements[statement]
            visit(statement)
            forEachBody(statement.kind) { forEachNested($0, visit) }
        }
    }

    /// Visits the bodies of a statement.
    private func forEachBody(_ kind: Statement.Kind, _ visit: (Body) -> Void) {
        switch kind {
        case .if(let condition):
            for branch in branches[conditions[condition].branches] { visit(branch.body) }
            visit(conditions[condition].otherwise)
        case .for(let loop):
            visit(loops[loop].body)
            visit(loops[loop].otherwise)
        case .setBlock(let capture), .filter(let capture): visit(captures[capture].body)
        case .macro(let statement): visit(macros[macroStatements[statement].macro].body)
        case .call(let call): visit(macros[calls[call].macro].body)
        case .with(let statement): visit(withStatements[statement].body)
        case .autoescape(let statement): visit(autoescapes[statement].body)
        case .block(let block): visit(blocks[block].body)
        default: return
        }
    }
}
