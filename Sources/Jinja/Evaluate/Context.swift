/// The variables that a template sees beyond its own: what it exports, what an including template handed over,
/// the data of the render and the functions of the environment.
final class Context {
    /// Variables assigned at the top level.
    let variables = DictValue()
    /// The names of them that an importing template does not see.
    private var hidden: Set<String> = []
    /// The implementations of each block, the most derived first.
    var blocks: [String: [BlockReference]]
    /// How output is escaped; shared with derived contexts.
    let evaluation: EvaluationMode
    let template: CompiledTemplate
    private var locals: DictValue?
    private var outer: Context?
    private var data: DictValue?
    private let state: RenderState

    /// What one takes until the end of the render, roughly, in bytes.
    static let cost = 512

    /// The mode that an `autoescape` statement changes while its body runs.
    final class EvaluationMode {
        @exclusivity(unchecked) var escape: EscapeMode
        init(_ escape: EscapeMode) { self.escape = escape }
    }

    /// The context of a template of its own: with the data of a render, or with the functions alone.
    init(_ template: CompiledTemplate, data: DictValue?, state: RenderState) {
        self.template = template
        self.data = data
        self.state = state
        locals = nil
        outer = nil
        evaluation = EvaluationMode(state.environment.options.autoescape)
        blocks = Self.blocks(of: template)
    }

    /// The context of an included template: it sees the outer context and the local variables handed over.
    init(_ template: CompiledTemplate, including outer: Context, locals: DictValue) {
        self.template = template
        self.outer = outer
        self.locals = locals
        state = outer.state
        data = nil
        evaluation = EvaluationMode(state.environment.options.autoescape)
        blocks = Self.blocks(of: template)
    }

    /// The context of a scoped block.
    init(derivedFrom outer: Context, locals: DictValue) {
        template = outer.template
        self.outer = outer
        self.locals = locals
        state = outer.state
        data = nil
        evaluation = outer.evaluation
        blocks = outer.blocks
    }

    /// The template's own blocks, as the only implementation of each.
    private static func blocks(of template: CompiledTemplate) -> [String: [BlockReference]] {
        var blocks: [String: [BlockReference]] = [:]
        template.forEachBlock { blocks[$0] = [$1] }
        return blocks
    }

    /// A variable, `nil` when there is none.
    func resolve(_ name: Name) -> Value? {
        var context: Context? = self
        while let current = context {
            if current.variables.count > 0, let value = current.variables[name] { return value }
            if let value = current.locals?[name] { return value }
            if let value = current.data?[name] { return value }
            context = current.outer
        }
        return state.global(name)
    }

    /// Assigns a variable at the top level.
    func assign(_ name: Name, _ value: Value, exports: Bool) {
        // A variable can hold a macro, which holds the context: only then there is a circle to break at the end.
        if variables.count == 0 { state.register(self) }
        variables.set(name, value)
        if !exports || name.text.utf8.first == UInt8(ascii: "_") {
            hidden.insert(name.text)
        } else if !hidden.isEmpty {
            hidden.remove(name.text)
        }
    }

    /// A variable that an importing template sees.
    func exported(_ name: String) -> Value? { hidden.contains(name) ? nil : variables[name] }

    /// A snapshot of everything visible, for a template that outlives the statement that imports it.
    func flattened() -> DictValue {
        let result = outer?.flattened() ?? DictValue()
        for layer in [data, locals, variables] {
            guard let layer else { continue }
            for (key, value) in zip(layer.keys, layer.values) { result.set(key, value) }
        }
        return result
    }

    func clear() {
        variables.removeAll()
        (locals, outer, data) = (nil, nil, nil)
    }
}
