extension RenderState {
    /// The template of a name, or an error.
    func requireTemplate(_ name: Value) throws -> CompiledTemplate {
        switch name {
        case .string(let text), .markup(let text):
            if let template = try template(named: text) { return template }
            throw EvaluationError(.templateNotFound, "there is no template `\(text)`")
        case .undefined(let undefined): throw undefined.error
        default: throw EvaluationError.type("a template name has to be a text, not '\(name.typeName)'")
        }
    }

    /// The first template of a list of names, or the one of a name.
    func selectTemplate(_ names: Value) throws -> CompiledTemplate {
        let candidates: ContiguousArray<Value>
        switch names {
        case .list, .tuple: candidates = try names.elements()
        case .object(let object): candidates = try object.elements() ?? []
        default: return try requireTemplate(names)
        }
        for name in candidates {
            if let text = name.stringValue, let template = try template(named: text) { return template }
        }
        guard !candidates.isEmpty else {
            throw EvaluationError(.templateNotFound, "tried to select from an empty list of templates")
        }
        let list = try candidates.map { "`\(try $0.printed())`" }.joined(separator: ", ")
        throw EvaluationError(.templateNotFound, "there is none of the templates \(list)")
    }

    /// The module of a template without a context of its own; evaluated once in a render.
    func sharedModule(_ template: CompiledTemplate) throws -> ModuleObject {
        if let module = modules[template.name] { return module }
        let module = try makeModule(template, data: nil)
        modules[template.name] = module
        return module
    }

    /// Evaluates a template for what it defines and prints.
    func makeModule(_ template: CompiledTemplate, data: DictValue?) throws -> ModuleObject {
        let context = Context(template, data: data, state: self)
        let text = try nested(template.root.weight) {
            try capture { try template.execute(in: context, state: self) }
        }
        return ModuleObject(template, context, text)
    }
}

extension Frame {
    /// The variables of a list that have a value.
    func dump(_ locals: [(name: String, reference: VariableReference)]) -> DictValue {
        let result = DictValue()
        for (name, reference) in locals {
            if let value = self[reference] { result.set(name, value) }
        }
        return result
    }
}

/// `include`.
final class IncludeNode: StatementNode {
    private let template: any ExpressionNode
    private let ignoresMissing: Bool
    /// The variables handed over; `nil` without context.
    private let locals: [(name: String, reference: VariableReference)]?
    private let range: SourceRange
    let depth: Int

    init(
        _ template: any ExpressionNode, ignoresMissing: Bool,
        locals: [(name: String, reference: VariableReference)]?,
        _ range: SourceRange
    ) {
        self.template = template
        self.ignoresMissing = ignoresMissing
        self.locals = locals
        self.range = range
        depth = template.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        let name = try template.evaluate(frame)
        let included: CompiledTemplate
        do {
            try frame.state.step()
            included = try frame.state.selectTemplate(name)
        } catch let error as EvaluationError where error.kind == .templateNotFound && ignoresMissing {
            return .normal
        } catch {
            throw error is RenderError
                ? frame.traced(error, "included here", range) : frame.located(error, template.range)
        }
        do {
            try execute(included, frame)
        } catch {
            throw frame.traced(error, "included here", range)
        }
        return .normal
    }

    private func execute(_ included: CompiledTemplate, _ frame: Frame) throws {
        guard let locals else {
            frame.state.output.append(try frame.state.sharedModule(included).text)
            return try frame.state.requireOutputBudget()
        }
        let context = Context(included, including: frame.context, locals: frame.dump(locals))
        try frame.state.nested(included.root.weight) {
            try included.execute(in: context, state: frame.state)
        }
    }
}

/// `import` and `from … import`.
final class ImportNode: StatementNode {
    /// What is assigned.
    enum Names: Sendable {
        case module(TargetNode, exportedName: String?)
        case members([(name: String, target: TargetNode, exportedName: String?)])
    }

    private let template: any ExpressionNode
    private let names: Names
    private let locals: [(name: String, reference: VariableReference)]?
    private let range: SourceRange
    let depth: Int

    init(
        _ template: any ExpressionNode, _ names: Names,
        locals: [(name: String, reference: VariableReference)]?,
        _ range: SourceRange
    ) {
        self.template = template
        self.names = names
        self.locals = locals
        self.range = range
        depth = template.depth + 1
    }

    func execute(_ frame: Frame) throws -> Completion {
        let name = try template.evaluate(frame)
        let module: ModuleObject
        do {
            try frame.state.step()
            module = try load(try frame.state.requireTemplate(name), frame)
        } catch {
            throw error is RenderError
                ? frame.traced(error, "imported here", range) : frame.located(error, template.range)
        }
        switch names {
        case .module(let target, let exportedName):
            try assign(.object(module), target, exportedName, frame)
        case .members(let members):
            for (name, target, exportedName) in members {
                try assign(member(name, of: module, frame), target, exportedName, frame)
            }
        }
        return .normal
    }

    private func load(_ imported: CompiledTemplate, _ frame: Frame) throws -> ModuleObject {
        guard let locals else { return try frame.state.sharedModule(imported) }
        let data = frame.context.flattened()
        let dumped = frame.dump(locals)
        for (key, value) in zip(dumped.keys, dumped.values) { data.set(key, value) }
        return try frame.state.makeModule(imported, data: data)
    }

    private func member(_ name: String, of module: ModuleObject, _ frame: Frame) throws -> Value {
        if let value = try module.attribute(name) { return value }
        return frame.state.undefined(
            name, hint: "the template '\(module.name)' does not export the requested name '\(name)'")
    }

    private func assign(_ value: Value, _ target: TargetNode, _ exportedName: String?, _ frame: Frame)
        throws
    {
        try target.assign(value, frame)
        if let exportedName { frame.context.assign(exportedName, value, exports: false) }
    }
}

/// What a template defines: its exported variables as attributes, its output as its text.
final class ModuleObject: Object {
    let name: String
    let text: String
    private let context: Context

    init(_ template: CompiledTemplate, _ context: Context, _ text: String) {
        name = template.name
        self.context = context
        self.text = text
    }

    var typeName: String { "TemplateModule" }

    func attribute(_ name: String) throws -> Value? {
        context.exported.contains(name) ? context.variables[name] : nil
    }

    func printed() throws -> String { text }
}
