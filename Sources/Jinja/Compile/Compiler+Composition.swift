/// Macros, blocks, and what brings in other templates.
extension Compiler {
    /// Compiles a macro or call block.
    mutating func compileMacro(_ reference: Ref<Macro>, _ scope: CompileScope) {
        var macro = tree.macros[reference]
        bindings.openFunction()
        let mark = bindings.open()
        var inner = scope.inner()
        inner.checksOutput = false
        for index in macro.parameters.indices { bindings.declareParameter(tree.parameters[index].name.name) }
        for index in macro.parameters.indices { analyze(tree.parameters[index].defaultValue) }
        analyze(macro.body)
        declareSpecialParameters(&macro)
        macro.function.entry = makeEntry()
        for index in macro.parameters.indices {
            tree.parameters[index].slot = bindings.slot(tree.parameters[index].name.name)
            compile(tree.parameters[index].defaultValue, inner)
        }
        compile(macro.body, inner)
        bindings.close(mark)
        macro.function.slotCount = bindings.closeFunction()
        macro.function.body = macro.body
        tree.macros[reference] = macro
    }

    /// `caller`, `kwargs` and `varargs`, where the macro uses them without naming them as parameters.
    private mutating func declareSpecialParameters(_ macro: inout Macro) {
        let special = UndeclaredNames.find([.caller, .kwargs, .varargs], in: macro.body, of: tree)
        guard !special.isEmpty else { return }
        let parameters = tree.parameters[macro.parameters]
        if special.contains(.caller) {
            if let parameter = parameters.first(where: { $0.name.name == NameID(.caller) }) {
                if !parameter.defaultValue.exists {
                    report(
                        ProblemID.syntax, "the special parameter `caller` has to have a default",
                        at: parameter.name.range)
                }
                macro.callerSlot = bindings.slot(NameID(.caller))
            } else {
                macro.callerSlot = bindings.declareParameter(NameID(.caller))
            }
        }
        let isNamed = { (name: Keyword) in parameters.contains { $0.name.name == NameID(name) } }
        if special.contains(.kwargs), !isNamed(.kwargs) {
            macro.keywordSlot = bindings.declareParameter(NameID(.kwargs))
        }
        if special.contains(.varargs), !isNamed(.varargs) {
            macro.variadicSlot = bindings.declareParameter(NameID(.varargs))
        }
    }

    /// A `call` statement: its body becomes a macro that the called macro knows as `caller`.
    mutating func compileCallBlock(_ reference: Ref<CallStatement>, _ scope: CompileScope) {
        compileMacro(tree.calls[reference].macro, scope)
        tree.calls[reference].callerSlot = bindings.makeSlot()
        tree.calls[reference].escape = scope.escape
        isCallBlock = true
        compile(tree.calls[reference].call, scope)
        isCallBlock = false
    }

    mutating func compileImport(_ reference: Ref<ImportStatement>, _ scope: CompileScope) {
        var statement = tree.imports[reference]
        compile(statement.template, scope)
        statement.isTopLevel = scope.isTopLevel
        if let module = statement.module { statement.moduleSlot = bindings.slot(module.name) }
        for index in statement.members.indices {
            tree.importMembers[index].slot = bindings.slot(tree.importMembers[index].alias.name)
        }
        if statement.withContext { statement.locals = makeLocals() }
        tree.imports[reference] = statement
    }

    mutating func compileInclude(_ reference: Ref<IncludeStatement>, _ scope: CompileScope) {
        compile(tree.includes[reference].template, scope)
        if tree.includes[reference].withContext { tree.includes[reference].locals = makeLocals() }
    }

    private mutating func makeLocals() -> Run<LocalVariable> {
        let variables = bindings.visibleStores()
        return variables.isEmpty ? .empty : tree.localVariables.add(variables)
    }

    /// A block where it is printed. A template that extends another prints its blocks where that one says.
    mutating func compileBlockOutput(
        _ reference: Ref<BlockStatement>, _ scope: CompileScope
    ) -> Statement.Visibility {
        if tree.blocks[reference].isScoped { tree.blocks[reference].locals = makeLocals() }
        guard scope.isTopLevel else { return .always }
        if hasKnownExtends { return .never }
        return extendsCount > 0 ? .beforeExtends : .always
    }

    mutating func compileExtends(_ template: ExpressionID, _ scope: CompileScope, _ range: SourceRange) {
        guard scope.isTopLevel else {
            return report(ProblemID.syntax, "`extends` has to stand at the top level", at: range)
        }
        compile(template, scope)
        if scope.isRootLevel { hasKnownExtends = true }
        extendsCount += 1
    }
}
