/// A macro whose name means nothing else anywhere in the template, so that its calls can be checked early.
struct KnownMacro {
    let signature: Signature
    /// The place of its name.
    let definition: SourceRange
    /// Whether it is defined at the template's own level, where blocks see it, too.
    let isTopLevel: Bool

    /// The macros of a template that has been parsed but not compiled.
    static func find(in tree: borrowing SyntaxTree, body: Body) -> [NameID: KnownMacro] {
        var definitions: [NameID: Int] = [:]
        for name in assignedNames(in: tree) { definitions[name, default: 0] += 1 }
        var topLevel: Set<NameID> = []
        for statement in tree.statementLists[body.statements] {
            if case .macro(let macro) = tree.statements[statement].kind {
                topLevel.insert(tree.macroStatements[macro].name.name)
            }
        }
        var result: [NameID: KnownMacro] = [:]
        for statement in tree.macroStatements.elements where definitions[statement.name.name] == 1 {
            result[statement.name.name] = KnownMacro(
                signature: signature(of: tree.macros[statement.macro], in: tree), definition: statement.name.range,
                isTopLevel: topLevel.contains(statement.name.name))
        }
        return result
    }

    /// Every name that something in the template defines, as often as it does.
    private static func assignedNames(in tree: borrowing SyntaxTree) -> [NameID] {
        var names = tree.macroStatements.elements.map(\.name.name)
        names += tree.parameters.elements.map(\.name.name)
        names += tree.imports.elements.compactMap(\.module?.name)
        names += tree.importMembers.elements.map(\.alias.name)
        for target in tree.targets.elements {
            if case .name(let word) = target { names.append(word.name) }
        }
        return names
    }

    /// A macro takes fewer arguments than it has parameters, and more only where its body asks for them.
    private static func signature(of macro: Macro, in tree: borrowing SyntaxTree) -> Signature {
        let special = UndeclaredNames.find([.caller, .kwargs, .varargs], in: macro.body, of: tree)
        var names = tree.parameters[macro.parameters].map { tree.text($0.name) }
        let count = names.count
        if special.contains(.caller), !names.contains("caller") { names.append("caller") }
        return Signature(
            names.prefix(count).map { .optional($0) }, acceptsRest: special.contains(.varargs),
            acceptsNamed: special.contains(.kwargs), namedOnly: Array(names.dropFirst(count)))
    }
}
