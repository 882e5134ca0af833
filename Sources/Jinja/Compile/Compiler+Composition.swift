/// Macros, blocks, and what brings in other templates.
extension Compiler {
    /// The code of a macro or call block.
    mutating func compileMacro(
        _ name: String?, _ signature: MacroSignature, _ body: [Statement], _ scope: CompileScope
    ) -> MacroCode {
        let function = FunctionBuilder(depth: scope.function.depth + 1)
        var inner = scope.inner(in: function)
        inner.checksOutput = false
        inner.symbols.analyze(signature, body: body)
        let special = UndeclaredNames.find(["caller", "kwargs", "varargs"], in: body)
        let names = signature.parameters.map(\.text)
        var callerSlot: Int?
        if special.contains("caller") {
            if let index = names.firstIndex(of: "caller") {
                if names.count - index > signature.defaults.count {
                    report(
                        ProblemID.syntax, "the special parameter `caller` has to have a default",
                        at: signature.parameters[index].range)
                }
                callerSlot = inner.symbols.find("caller")?.slot
            } else {
                callerSlot = inner.symbols.declareParameter("caller").slot
            }
        }
        func slot(of name: String) -> Int? {
            guard special.contains(name), !names.contains(name) else { return nil }
            return inner.symbols.declareParameter(name).slot
        }
        let keywordSlot = slot(of: "kwargs")
        let variadicSlot = slot(of: "varargs")
        let entry = ScopeEntry(inner)
        let parameters = compile(signature, inner)
        let nodes = compile(body, inner)
        let code = FunctionCode(
            slotCount: function.slotCount, entry: entry, body: nodes, selfSlot: nil, superSlot: nil)
        return MacroCode(
            name: name, parameters: parameters, callerSlot: callerSlot, variadicSlot: variadicSlot,
            keywordSlot: keywordSlot, code: code)
    }

    private mutating func compile(_ signature: MacroSignature, _ scope: CompileScope) -> [MacroCode
        .Parameter]
    {
        let firstDefault = signature.parameters.count - signature.defaults.count
        return signature.parameters.enumerated().map { index, word in
            let value =
                index >= firstDefault ? compile(signature.defaults[index - firstDefault], scope) : nil
            return MacroCode.Parameter(
                name: word.text, slot: scope.symbols.find(word.text)?.slot ?? 0, defaultValue: value)
        }
    }

    /// A `call` statement: its body becomes a macro that the called macro knows as `caller`.
    mutating func compileCallBlock(
        _ signature: MacroSignature, _ call: Expression, _ body: [Statement], _ scope: CompileScope
    ) -> (any StatementNode)? {
        let code = compileMacro(nil, signature, body, scope)
        guard case .call(let callee, let arguments) = call.kind else { return nil }
        let slot = scope.function.makeSlot().slot
        let node = compileCall(callee, arguments, scope, callerSlot: slot, call.range)
        return CallBlockNode(code, callerSlot: slot, output: OutputNode(node, escape: scope.escape))
    }

    mutating func compileComposition(_ statement: Statement, _ scope: CompileScope) -> (
        any StatementNode
    )? {
        let range = statement.range
        switch statement.kind {
        case .block(let block): return compileBlockOutput(block, scope, range)
        case .extends(let template): return compileExtends(template, scope, range)
        case .include(let template, let ignoresMissing, let withContext):
            return IncludeNode(
                compile(template, scope), ignoresMissing: ignoresMissing,
                locals: locals(scope, if: withContext),
                range)
        case .import(let template, let name, let withContext):
            let target = TargetNode.slot(scope.symbols.find(name.text)?.slot ?? 0)
            let exportedName = scope.isTopLevel ? name.text : nil
            return ImportNode(
                compile(template, scope), .module(target, exportedName: exportedName),
                locals: locals(scope, if: withContext), range)
        case .fromImport(let template, let names, let withContext):
            let members = names.map { name, alias in
                (
                    name: name.text, target: TargetNode.slot(scope.symbols.find(alias.text)?.slot ?? 0),
                    exportedName: scope.isTopLevel ? alias.text : nil
                )
            }
            return ImportNode(
                compile(template, scope), .members(members), locals: locals(scope, if: withContext), range)
        default: return nil
        }
    }

    private func locals(
        _ scope: CompileScope, if withContext: Bool
    ) -> [(name: String, reference: VariableReference)]? {
        guard withContext else { return nil }
        return scope.symbols.visibleStores().map { ($0.name, scope.reference($0.slot)) }
    }

    private mutating func compileBlockOutput(
        _ block: BlockStatement, _ scope: CompileScope, _ range: SourceRange
    ) -> (any StatementNode)? {
        let node = BlockNode(
            block.name.text, isRequired: block.isRequired, locals: locals(scope, if: block.isScoped),
            range)
        guard scope.isTopLevel else { return node }
        // A template that extends another prints its blocks where that one says.
        if hasKnownExtends { return nil }
        return extendsCount > 0 ? GuardedNode(node) : node
    }

    private mutating func compileExtends(
        _ template: Expression, _ scope: CompileScope, _ range: SourceRange
    ) -> (any StatementNode)? {
        guard scope.isTopLevel else {
            report(ProblemID.syntax, "`extends` has to stand at the top level", at: range)
            return nil
        }
        let node = ExtendsNode(compile(template, scope), range)
        if scope.isRootLevel { hasKnownExtends = true }
        extendsCount += 1
        return node
    }
}
