import Diagnostics

/// Evaluates constant expressions while a template is compiled, within small budgets: a text that would become
/// large is better computed when it is needed.
enum ConstantEvaluation {
    static func evaluate(_ node: any ExpressionNode) -> Value? {
        var options = Options()
        options.limits.memoryBytes = 4_096
        let state = RenderState(Environment(options: options))
        let code = FunctionCode(
            slotCount: 0, entry: .empty, body: FunctionCode.Sequence([]), selfSlot: nil, superSlot: nil)
        let source = TemplateSource(SourceFile(name: "", bytes: []), keepTrailingNewline: true)
        let template = CompiledTemplate(
            source: source, root: code, blocks: [], hasExtends: false, referencedVariables: [])
        let context = Context(template, data: nil, state: state)
        defer { state.dismantle() }
        return try? node.evaluate(Frame(code, template, parent: nil, context: context, state: state))
    }
}
