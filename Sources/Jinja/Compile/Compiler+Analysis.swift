/// Finds the names that a scope reads and assigns, in the order in which it does.
extension Compiler {
    mutating func analyze(_ body: Body) {
        for index in body.statements.indices { analyze(tree.statementLists[index]) }
    }

    mutating func analyze(_ expression: ExpressionID) {
        guard expression.exists else { return }
        let kind = tree.expressions[expression].kind
        switch kind {
        case .constant: return
        case .name(let name): bindings.load(name)
        case .attribute(let operand, _), .not(let operand): analyze(operand)
        case .compare(_, let left, let right), .and(let left, let right), .or(let left, let right),
            .arithmetic(_, let left, let right), .item(let left, let right):
            analyze(left)
            analyze(right)
        case .call(let callee, let arguments):
            analyze(callee)
            analyze(tree.arguments[arguments])
        case .filter(let operand, let application), .test(let operand, let application):
            analyze(operand)
            analyze(tree.arguments[tree.applications[application].arguments])
        case .concatenate(let items, _): for index in items.indices { analyze(tree.expressionLists[index]) }
        default: for child in tree.children(of: kind) { analyze(child) }
        }
    }

    private mutating func analyze(_ arguments: ArgumentList) {
        for index in arguments.positional.indices { analyze(tree.expressionLists[index]) }
        for index in arguments.named.indices { analyze(tree.namedArguments[index].value) }
        analyze(arguments.star)
        analyze(arguments.doubleStar)
    }

    /// Assigns the names of a target; its namespaces are read.
    mutating func analyze(_ target: Ref<Target>) {
        if case .name(let word) = tree.targets[target] { return bindings.store(word.name) }
        for namespace in tree.namespaces(of: target) { analyze(namespace) }
        for word in tree.words(of: target) { bindings.store(word.name) }
    }

    private mutating func analyze(_ statement: StatementID) {
        switch tree.statements[statement].kind {
        case .text, .break, .continue, .autoescape, .block: return
        case .output(let expression, _), .do(let expression), .extends(let expression): analyze(expression)
        case .include(let include): analyze(tree.includes[include].template)
        case .print(let outputs): analyze(outputs)
        case .if(let condition): analyze(tree.conditions[condition])
        case .for(let loop): analyze(tree.loops[loop].iterable)
        case .set(let target, let value):
            analyze(value)
            analyze(target)
        case .setBlock(let capture): analyze(tree.captures[capture].target)
        case .macro(let macro): bindings.store(tree.macroStatements[macro].name.name)
        case .call(let call): analyze(tree.calls[call].call)
        case .filter(let capture): analyze(tree.captures[capture].filter)
        case .with(let statement):
            for index in tree.withStatements[statement].assignments.indices { analyze(tree.assignments[index].value) }
        case .import(let statement): analyze(tree.imports[statement])
        }
    }

    private mutating func analyze(_ condition: Condition) {
        let mark = bindings.branchMark
        for index in condition.branches.indices {
            analyze(tree.branches[index].test)
            analyze(tree.branches[index].body)
        }
        analyze(condition.otherwise)
        bindings.endBranches(since: mark)
    }

    private mutating func analyze(_ statement: ImportStatement) {
        analyze(statement.template)
        if let name = statement.module { bindings.store(name.name) }
        for index in statement.members.indices { bindings.store(tree.importMembers[index].alias.name) }
    }
}

/// Finds which special names (`loop`, `caller`, `self` …) a body reads without having assigned them.
struct UndeclaredNames {
    private var wanted: SpecialNames
    private var found = SpecialNames()

    static func find(_ names: SpecialNames, in body: Body, of tree: borrowing SyntaxTree) -> SpecialNames {
        // The parser knows whether they are spoken of at all.
        var finder = UndeclaredNames(wanted: names.intersection(body.mentions))
        if !finder.wanted.isEmpty { finder.visit(body, tree) }
        return finder.found
    }

    private mutating func visit(_ body: Body, _ tree: borrowing SyntaxTree) {
        for statement in tree.statementLists[body.statements] where !wanted.subtracting(found).isEmpty {
            visit(tree.statements[statement].kind, tree)
        }
    }

    private mutating func visit(_ expression: ExpressionID, _ tree: borrowing SyntaxTree) {
        guard expression.exists else { return }
        let kind = tree.expressions[expression].kind
        if let name = tree.name(of: kind) { found.formUnion(SpecialNames(name).intersection(wanted)) }
        tree.forEachChild(kind) { visit($0, tree) }
    }

    private mutating func forget(_ target: Ref<Target>, _ tree: borrowing SyntaxTree) {
        tree.forEachName(target) { wanted.subtract(SpecialNames($0.name)) }
    }

    private mutating func visit(_ macro: Macro, _ tree: borrowing SyntaxTree) {
        for parameter in tree.parameters[macro.parameters] { wanted.subtract(SpecialNames(parameter.name.name)) }
        for parameter in tree.parameters[macro.parameters] { visit(parameter.defaultValue, tree) }
        visit(macro.body, tree)
    }

    private mutating func visit(_ statement: Statement.Kind, _ tree: borrowing SyntaxTree) {
        switch statement {
        case .text, .break, .continue, .block: return
        case .output(let expression, _), .do(let expression), .extends(let expression): visit(expression, tree)
        case .include(let include): visit(tree.includes[include].template, tree)
        case .import(let statement): visit(tree.imports[statement].template, tree)
        case .print(let outputs): visit(outputs, tree)
        case .if(let condition):
            for branch in tree.branches[tree.conditions[condition].branches] {
                visit(branch.test, tree)
                visit(branch.body, tree)
            }
            visit(tree.conditions[condition].otherwise, tree)
        case .set(let target, let value):
            forget(target, tree)
            visit(value, tree)
        default: visitScoped(statement, tree)
        }
    }

    private mutating func visitScoped(_ statement: Statement.Kind, _ tree: borrowing SyntaxTree) {
        switch statement {
        case .for(let loop):
            let loop = tree.loops[loop]
            forget(loop.target, tree)
            visit(loop.iterable, tree)
            visit(loop.body, tree)
            visit(loop.otherwise, tree)
            visit(loop.test, tree)
        case .setBlock(let capture), .filter(let capture):
            let capture = tree.captures[capture]
            if capture.target.exists { forget(capture.target, tree) }
            visit(capture.filter, tree)
            visit(capture.body, tree)
        case .macro(let macro): visit(tree.macros[tree.macroStatements[macro].macro], tree)
        case .call(let call):
            visit(tree.calls[call].call, tree)
            visit(tree.macros[tree.calls[call].macro], tree)
        case .with(let statement):
            let assignments = tree.assignments[tree.withStatements[statement].assignments]
            for assignment in assignments { forget(assignment.target, tree) }
            for assignment in assignments { visit(assignment.value, tree) }
            visit(tree.withStatements[statement].body, tree)
        case .autoescape(let statement):
            visit(tree.autoescapes[statement].mode, tree)
            visit(tree.autoescapes[statement].body, tree)
        default: return
        }
    }
}
