import Diagnostics

/// What brings in other templates: blocks, `extends`, `include`, `import`.
extension Frame {
    // MARK: - Inheritance

    @inline(never)
    func extend(_ id: ExpressionID, _ range: SourceRange) throws {
        let name = try evaluate(id)
        do {
            guard parentTemplate == nil else {
                throw EvaluationError(.runtime, "extended multiple times")
            }
            try state.step()
            let parent = try state.requireTemplate(name)
            parent.forEachBlock { context.blocks[$0, default: []].append($1) }
            parentTemplate = parent
        } catch {
            throw traced(error, "extended here", range)
        }
    }

    @inline(never)
    func printBlock(_ reference: Ref<BlockStatement>, _ range: SourceRange) throws {
        let statement = template.tree.blocks[reference]
        let name = template.tree.text(statement.name)
        guard let blocks = context.blocks[name], let block = blocks.first else { return }
        if statement.isRequired, blocks.count <= 1 {
            throw located(EvaluationError(.runtime, "required block `\(name)` is not defined"), range)
        }
        do {
            if statement.isScoped { try state.charge(bytes: Context.cost) }
            let context =
                statement.isScoped
                ? Context(derivedFrom: context, locals: dump(statement.locals)) : context
            try block.execute(in: context, state: state)
        } catch {
            throw block.template === template
                ? located(error, range)
                : traced(error, "block `\(name)` is printed here", range)
        }
    }

    // MARK: - Includes and imports

    @inline(never)
    func execute(_ include: IncludeStatement, _ range: SourceRange) throws {
        let name = try evaluate(include.template)
        let included: CompiledTemplate
        do {
            try state.step()
            try state.charge(bytes: Context.cost)
            included = try state.selectTemplate(name)
        } catch let error as EvaluationError where error.kind == .templateNotFound && include.ignoresMissing {
            return
        } catch {
            throw error is RenderError
                ? traced(error, "included here", range) : located(error, self.range(include.template))
        }
        do {
            guard include.withContext else {
                state.output.append(try state.sharedModule(included).text)
                return try state.requireOutputBudget()
            }
            let context = Context(included, including: context, locals: dump(include.locals))
            try state.nested(included.root.weight) {
                try included.execute(in: context, state: state)
            }
        } catch {
            throw traced(error, "included here", range)
        }
    }

    @inline(never)
    func execute(_ statement: ImportStatement, _ range: SourceRange) throws {
        let name = try evaluate(statement.template)
        let module: ModuleObject
        do {
            try state.step()
            try state.charge(bytes: Context.cost)
            module = try load(try state.requireTemplate(name), statement)
        } catch {
            throw error is RenderError
                ? traced(error, "imported here", range) : located(error, self.range(statement.template))
        }
        if let word = statement.module { assign(.object(module), statement.moduleSlot, word, statement) }
        for index in statement.members.indices {
            let member = template.tree.importMembers[index]
            assign(try self.member(member.name, of: module, range), member.slot, member.alias, statement)
        }
    }

    private func load(_ imported: CompiledTemplate, _ statement: ImportStatement) throws -> ModuleObject {
        guard statement.withContext else { return try state.sharedModule(imported) }
        let data = context.flattened()
        let dumped = dump(statement.locals)
        for (key, value) in zip(dumped.keys, dumped.values) { data.set(key, value) }
        return try state.makeModule(imported, data: data)
    }

    private func member(_ word: Word, of module: ModuleObject, _ range: SourceRange) throws -> Value {
        let name = template.tree.text(word)
        if let value = try module.attribute(name) { return value }
        let place = template === state.root ? "" : " in \(PythonText.quoted(template.name))"
        return state.undefined(
            name,
            hint: "the template \(PythonText.quoted(module.name))"
                + " (imported on line \(template.source.span(range).start.line)\(place))"
                + " does not export the requested name \(PythonText.quoted(name))")
    }

    private func assign(_ value: Value, _ slot: Int32, _ word: Word, _ statement: ImportStatement) {
        self[slot] = value
        if statement.isTopLevel { context.assign(template.tree.names[word.name], value, exports: false) }
    }
}
