import Diagnostics

/// The code of a template: its root, its blocks, and what it needs.
final class CompiledTemplate: Sendable {
    let source: TemplateSource
    let root: FunctionCode
    let blocks: [(name: String, code: BlockCode)]
    let hasExtends: Bool
    let referencedVariables: [String]

    init(
        source: TemplateSource, root: FunctionCode, blocks: [(String, BlockCode)], hasExtends: Bool,
        referencedVariables: [String]
    ) {
        self.source = source
        self.root = root
        self.blocks = blocks.map { (name: $0.0, code: $0.1) }
        self.hasExtends = hasExtends
        self.referencedVariables = referencedVariables
    }

    var name: String { source.file.name }

    /// The template's own blocks, as the only implementation of each.
    var blockReferences: [String: [BlockReference]] {
        if blocks.isEmpty { return [:] }
        return blocks.reduce(into: [:]) { $0[$1.name] = [BlockReference(template: self, code: $1.code)] }
    }

    /// Evaluates the root, then the root of the template it extends, if it does.
    func execute(in context: Context, state: RenderState) throws {
        var template = self
        var depth = 0
        while true {
            let frame = Frame(template.root, template, parent: nil, context: context, state: state)
            if let slot = template.root.selfSlot { frame[slot] = .object(SelfObject(context, state)) }
            frame.enter(template.root.entry)
            _ = try template.root.body.execute(frame)
            guard let parent = frame.parentTemplate else { return }
            depth += 1
            if depth > Self.longestInheritance {
                let error = EvaluationError.limit(
                    "more than \(Self.longestInheritance) templates extend each other")
                throw frame.located(error, SourceRange(start: 0, end: 0))
            }
            template = parent
        }
    }

    /// The longest chain of `extends`; one that comes back to itself would never end.
    private static let longestInheritance = 100
}
