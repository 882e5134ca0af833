extension RenderState {
    /// The template of a name, or an error.
    func requireTemplate(_ name: Value) throws -> CompiledTemplate {
        switch name {
        case .string(let text), .markup(let text):
            if let template = try template(named: text) { return template }
            throw EvaluationError(.templateNotFound, "there is no template `\(text)`")
        case .undefined(let undefined): throw undefined.error
        case .list, .dict: throw EvaluationError.type("unhashable type: '\(name.typeName)'")
        default: throw EvaluationError(.templateNotFound, "there is no template `\(try name.printed())`")
        }
    }

    /// The first template of a list of names, or the one of a name.
    func selectTemplate(_ names: Value) throws -> CompiledTemplate {
        let candidates: ContiguousArray<Value>
        switch names {
        case .list, .tuple: candidates = try names.elements()
        case .string, .markup, .undefined: return try requireTemplate(names)
        default: candidates = try names.isTrue() ? names.elements() : []
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
        context.exported(name)
    }

    func printed() throws -> String { text }
}
