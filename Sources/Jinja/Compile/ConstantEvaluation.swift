import Diagnostics

/// Evaluates constant expressions while a template is compiled, within small budgets: a text that would become
/// large is better computed when it is needed.
enum ConstantEvaluation {
    private static let environment: Environment = {
        var options = Options()
        options.limits.memoryBytes = 4_096
        return Environment(options: options)
    }()

    private static let source = TemplateSource(
        SourceFile(name: "", bytes: []), traits: ByteSearch.traits(of: []), keepTrailingNewline: true)

    static func evaluate(_ expression: ExpressionID, of tree: borrowing SyntaxTree) -> Value? {
        let state = RenderState(environment)
        let template = CompiledTemplate(source: source, tree: tree.expressionsAlone(), root: Function(), newline: "\n")
        let context = Context(template, data: nil, state: state)
        defer { state.dismantle() }
        return try? Frame(template.root, template, parent: nil, context: context, state: state).evaluate(expression)
    }
}
