/// Finds the names that a scope reads and assigns, in the order in which it does.
extension Symbols {
    func analyze(_ statements: [Statement]) {
        for statement in statements { analyze(statement) }
    }

    func analyze(_ expression: Expression?) {
        guard let expression else { return }
        if case .name(let name) = expression.kind { load(name) }
        expression.kind.forEachChild { analyze($0) }
    }

    /// Assigns the names of a target; its namespaces are read.
    func analyze(_ target: Target) {
        target.forEachNamespace { load($0.text) }
        target.forEachName { store($0.text) }
    }

    func analyze(_ statement: Statement) {
        switch statement.kind {
        case .text, .break, .continue, .autoescape, .block: return
        case .output(let expression), .do(let expression), .extends(let expression),
            .include(let expression, _, _):
            analyze(expression)
        case .print(let expressions): expressions.forEach { analyze($0) }
        case .if(let branches, let otherwise): analyze(branches, otherwise)
        case .for(let loop): analyze(loop.iterable)
        case .set(let target, let value):
            analyze(value)
            analyze(target)
        case .setBlock(let target, _, _): analyze(target)
        case .macro(let name, _, _): store(name.text)
        case .call(_, let call, _): analyze(call)
        case .filter(let filter, _): analyze(filter)
        case .with(let assignments, _): for assignment in assignments { analyze(assignment.value) }
        case .import(let template, let name, _):
            analyze(template)
            store(name.text)
        case .fromImport(let template, let names, _):
            analyze(template)
            for name in names { store(name.alias.text) }
        }
    }

    private func analyze(_ branches: [Statement.Branch], _ otherwise: [Statement]) {
        guard let first = branches.first else { return }
        analyze(first.test)
        let body = branch()
        body.analyze(first.body)
        let alternatives = branch()
        for branch in branches.dropFirst() { alternatives.analyze([branch], []) }
        let last = branch()
        last.analyze(otherwise)
        update(fromBranches: [body, alternatives, last])
    }

    /// The parameters, defaults and body of a macro or call block.
    func analyze(_ signature: MacroSignature, body: [Statement]) {
        for parameter in signature.parameters { declareParameter(parameter.text) }
        for value in signature.defaults { analyze(value) }
        analyze(body)
    }
}

/// Finds which of some special names (`loop`, `caller`, `self` …) are read without having been assigned.
struct UndeclaredNames {
    private var wanted: [String]
    private(set) var found: Set<String> = []

    static func find(_ names: [String], in statements: [Statement]) -> Set<String> {
        var finder = UndeclaredNames(wanted: names)
        finder.visit(statements)
        return finder.found
    }

    private init(wanted: [String]) {
        self.wanted = wanted
    }

    private mutating func forget(_ name: String) { wanted.removeAll { $0 == name } }

    private mutating func visit(_ statements: [Statement]) {
        for statement in statements where found.isEmpty || found.count < wanted.count { visit(statement) }
    }

    private mutating func visit(_ expression: Expression?) {
        guard let expression else { return }
        if case .name(let name) = expression.kind, wanted.contains(name) { found.insert(name) }
        expression.kind.forEachChild { visit($0) }
    }

    private mutating func visit(_ target: Target) {
        target.forEachName { forget($0.text) }
    }

    private mutating func visit(_ signature: MacroSignature) {
        for parameter in signature.parameters { forget(parameter.text) }
        for value in signature.defaults { visit(value) }
    }

    private mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .text, .break, .continue, .block: return
        case .output(let expression), .do(let expression), .extends(let expression),
            .include(let expression, _, _),
            .import(let expression, _, _), .fromImport(let expression, _, _):
            visit(expression)
        case .print(let expressions): for expression in expressions { visit(expression) }
        case .if(let branches, let otherwise):
            for branch in branches {
                visit(branch.test)
                visit(branch.body)
            }
            visit(otherwise)
        case .for(let loop): visit(loop)
        case .set(let target, let value):
            visit(target)
            visit(value)
        case .setBlock(let target, let filter, let body):
            visit(target)
            visit(filter)
            visit(body)
        case .macro(_, let signature, let body):
            visit(signature)
            visit(body)
        case .call(let signature, let call, let body):
            visit(call)
            visit(signature)
            visit(body)
        case .filter(let filter, let body), .autoescape(let filter, let body):
            visit(filter)
            visit(body)
        case .with(let assignments, let body):
            for assignment in assignments { visit(assignment.target) }
            for assignment in assignments { visit(assignment.value) }
            visit(body)
        }
    }

    private mutating func visit(_ loop: ForLoop) {
        visit(loop.target)
        visit(loop.iterable)
        visit(loop.body)
        visit(loop.otherwise)
        visit(loop.test)
    }
}

extension [Statement] {
    /// Visits every statement, also inside bodies and blocks, in the order of the text.
    func forEachNested(_ body: (Statement) -> Void) {
        for statement in self {
            body(statement)
            statement.forEachBody { $0.forEachNested(body) }
        }
    }
}

extension Statement {
    /// Visits the bodies of a statement.
    func forEachBody(_ visit: ([Statement]) -> Void) {
        switch kind {
        case .if(let branches, let otherwise):
            for branch in branches { visit(branch.body) }
            visit(otherwise)
        case .for(let loop):
            visit(loop.body)
            visit(loop.otherwise)
        case .setBlock(_, _, let body), .macro(_, _, let body), .call(_, _, let body),
            .filter(_, let body),
            .with(_, let body), .autoescape(_, let body):
            visit(body)
        case .block(let block): visit(block.body)
        default: return
        }
    }
}
