/// Finds the variables that a template takes from its context: names read that nothing around them assigns.
struct ContextNames {
    private let template: CompiledTemplate
    private var result: Set<NameID> = []
    /// The names that the scopes around declare, outermost first, and how many of them declare each name.
    private var scopes: [[NameID]] = [[NameID(.ownBlocks)]]
    private var declarations: [NameID: Int] = [NameID(.ownBlocks): 1]

    private init(_ template: CompiledTemplate) {
        self.template = template
    }

    /// The names in alphabetical order, without the functions that every template has.
    static func find(in template: CompiledTemplate, globals: Set<String>) -> [String] {
        var finder = ContextNames(template)
        finder.visit(template.root.body)
        return Set(finder.result.map { template.tree.names[$0].text }).subtracting(globals).sorted()
    }

    private mutating func visit(_ body: Body) {
        for statement in template.tree.statementLists[body.statements] {
            visit(template.tree.statements[statement].kind)
        }
    }

    private mutating func visit(_ expression: ExpressionID) {
        guard expression.exists else { return }
        let kind = template.tree.expressions[expression].kind
        if let name = template.tree.name(of: kind) { use(name) }
        for child in template.tree.children(of: kind) { visit(child) }
    }

    private mutating func use(_ name: NameID) {
        if declarations[name, default: 0] == 0 { result.insert(name) }
    }

    private mutating func declare(_ name: NameID) {
        scopes[scopes.count - 1].append(name)
        declarations[name, default: 0] += 1
    }

    private mutating func declare(_ target: Ref<Target>) {
        for word in template.tree.words(of: target) { declare(word.name) }
        for namespace in template.tree.namespaces(of: target) { visit(namespace) }
    }

    private mutating func scoped(_ names: [NameID] = [], _ body: (inout ContextNames) -> Void) {
        scopes.append([])
        for name in names { declare(name) }
        body(&self)
        for name in scopes.removeLast() { declarations[name, default: 1] -= 1 }
    }

    private mutating func visit(_ statement: Statement.Kind) {
        switch statement {
        case .text, .break, .continue: return
        case .output(let expression, _), .do(let expression), .extends(let expression): visit(expression)
        case .include(let include): visit(template.tree.includes[include].template)
        case .print(let outputs): visit(outputs)
        case .if(let condition):
            for branch in template.tree.branches[template.tree.conditions[condition].branches] {
                visit(branch.test)
                visit(branch.body)
            }
            visit(template.tree.conditions[condition].otherwise)
        case .set(let target, let value):
            visit(value)
            declare(target)
        case .import(let statement):
            let statement = template.tree.imports[statement]
            visit(statement.template)
            if let module = statement.module { declare(module.name) }
            for member in template.tree.importMembers[statement.members] { declare(member.alias.name) }
        default: visitScoped(statement)
        }
    }

    private mutating func visitScoped(_ statement: Statement.Kind) {
        switch statement {
        case .for(let loop): visit(template.tree.loops[loop])
        case .setBlock(let capture):
            let capture = template.tree.captures[capture]
            scoped { finder in
                finder.visit(capture.body)
                finder.visit(capture.filter)
            }
            declare(capture.target)
        case .filter(let capture):
            let capture = template.tree.captures[capture]
            visit(capture.filter)
            scoped { $0.visit(capture.body) }
        case .macro(let statement):
            declare(template.tree.macroStatements[statement].name.name)
            visit(template.tree.macros[template.tree.macroStatements[statement].macro])
        case .call(let call):
            visit(template.tree.calls[call].call)
            visit(template.tree.macros[template.tree.calls[call].macro])
        case .autoescape(let statement):
            visit(template.tree.autoescapes[statement].mode)
            scoped { $0.visit($0.template.tree.autoescapes[statement].body) }
        case .with(let statement):
            let assignments = template.tree.assignments[template.tree.withStatements[statement].assignments]
            for assignment in assignments { visit(assignment.value) }
            scoped { finder in
                for assignment in assignments { finder.declare(assignment.target) }
                finder.visit(finder.template.tree.withStatements[statement].body)
            }
        case .block(let block):
            scoped([NameID(.ownBlocks), NameID(.parentBlock)]) { $0.visit($0.template.tree.blocks[block].body) }
        default: return
        }
    }

    private mutating func visit(_ loop: ForLoop) {
        visit(loop.iterable)
        scoped { finder in
            finder.declare(loop.target)
            finder.visit(loop.test)
            finder.declare(NameID(.loop))
            finder.visit(loop.body)
        }
        scoped { $0.visit(loop.otherwise) }
    }

    private mutating func visit(_ macro: Macro) {
        let parameters = template.tree.parameters[macro.parameters]
        let special = [NameID(.caller), NameID(.varargs), NameID(.kwargs)]
        scoped(parameters.map(\.name.name) + special) { finder in
            for parameter in parameters { finder.visit(parameter.defaultValue) }
            finder.visit(macro.body)
        }
    }
}
