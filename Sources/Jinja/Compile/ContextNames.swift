/// Finds the variables that a template takes from its context: names read that nothing around them assigns.
struct ContextNames {
    private var result: Set<String> = []
    /// The names that the scopes around declare, outermost first, and how many of them declare each name.
    private var scopes: [[String]] = [["self"]]
    private var declarations: [String: Int] = ["self": 1]

    /// The names in alphabetical order, without the functions that every template has.
    static func find(in body: [Statement], globals: Set<String>) -> [String] {
        var finder = ContextNames()
        finder.visit(body)
        return finder.result.subtracting(globals).sorted()
    }

    private mutating func visit(_ statements: [Statement]) {
        for statement in statements { visit(statement) }
    }

    private mutating func visit(_ expression: Expression?) {
        guard let expression else { return }
        if case .name(let name) = expression.kind { use(name) }
        expression.kind.forEachChild { visit($0) }
    }

    private mutating func use(_ name: String) {
        if declarations[name, default: 0] == 0 { result.insert(name) }
    }

    private mutating func declare(_ name: String) {
        scopes[scopes.count - 1].append(name)
        declarations[name, default: 0] += 1
    }

    private mutating func declare(_ target: Target) {
        target.forEachName { declare($0.text) }
        target.forEachNamespace { use($0.text) }
    }

    private mutating func scoped(_ names: [String] = [], _ body: (inout ContextNames) -> Void) {
        scopes.append([])
        for name in names { declare(name) }
        body(&self)
        for name in scopes.removeLast() { declarations[name, default: 1] -= 1 }
    }

    private mutating func visit(_ statement: Statement) {
        switch statement.kind {
        case .text, .break, .continue: return
        case .output(let expression), .do(let expression), .extends(let expression),
            .include(let expression, _, _):
            visit(expression)
        case .print(let expressions): for expression in expressions { visit(expression) }
        case .if(let branches, let otherwise):
            for branch in branches {
                visit(branch.test)
                visit(branch.body)
            }
            visit(otherwise)
        case .set(let target, let value):
            visit(value)
            declare(target)
        case .import(let template, let name, _):
            visit(template)
            declare(name.text)
        case .fromImport(let template, let names, _):
            visit(template)
            for name in names { declare(name.alias.text) }
        default: visitScoped(statement)
        }
    }

    private mutating func visitScoped(_ statement: Statement) {
        switch statement.kind {
        case .for(let loop):
            visit(loop.iterable)
            scoped { finder in
                finder.declare(loop.target)
                finder.visit(loop.test)
                finder.declare("loop")
                finder.visit(loop.body)
            }
            scoped { $0.visit(loop.otherwise) }
        case .setBlock(let target, let filter, let body):
            scoped { finder in
                finder.visit(body)
                finder.visit(filter)
            }
            declare(target)
        case .macro(let name, let signature, let body):
            declare(name.text)
            visit(signature, body)
        case .call(let signature, let call, let body):
            visit(call)
            visit(signature, body)
        case .filter(let filter, let body), .autoescape(let filter, let body):
            visit(filter)
            scoped { $0.visit(body) }
        case .with(let assignments, let body):
            for assignment in assignments { visit(assignment.value) }
            scoped { finder in
                for assignment in assignments { finder.declare(assignment.target) }
                finder.visit(body)
            }
        case .block(let block): scoped(["self", "super"]) { $0.visit(block.body) }
        default: return
        }
    }

    private mutating func visit(_ signature: MacroSignature, _ body: [Statement]) {
        scoped(signature.parameters.map(\.text) + ["caller", "varargs", "kwargs"]) { finder in
            for value in signature.defaults { finder.visit(value) }
            finder.visit(body)
        }
    }
}
