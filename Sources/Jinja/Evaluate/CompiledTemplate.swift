import Diagnostics

/// A compiled template: its tree, with everything settled that does not depend on data.
final class CompiledTemplate: Sendable {
    let source: TemplateSource
    let tree: SyntaxTree
    let root: Function
    /// What line breaks of the text become, where that is anything else than a newline.
    let newline: [UInt8]?
    /// The bytes of text that a render prints whatever the data is.
    let certainBytes: Int
    /// What earlier renders printed.
    let estimate = OutputEstimate()

    init(source: TemplateSource, tree: consuming SyntaxTree, root: Function, newline: String) {
        self.source = source
        self.root = root
        self.newline = newline == "\n" ? nil : Array(newline.utf8)
        certainBytes = Self.certainBytes(of: root.body, tree)
        self.tree = tree
    }

    private static func certainBytes(of body: Body, _ tree: borrowing SyntaxTree) -> Int {
        var bytes = 0
        for index in body.statements.indices {
            let statement = tree.statements[tree.statementLists[index]]
            guard case .text = statement.kind, statement.visibility == .always else { continue }
            bytes += Int(statement.range.end - statement.range.start)
        }
        return bytes
    }

    var name: String { source.file.name }

    /// The variables that the template takes from its context, in alphabetical order.
    func referencedVariables(globals: Set<String>) -> [String] {
        ContextNames.find(in: self, globals: globals)
    }

    /// Visits the template's own blocks, in the order of the text.
    func forEachBlock(_ body: (String, BlockReference) -> Void) {
        for index in 0..<tree.blocks.count {
            let block = Ref<BlockStatement>(index: Int32(index))
            body(tree.text(tree.blocks[block].name), BlockReference(template: self, block: block))
        }
    }

    /// Evaluates the root, then the root of the template it extends, if it does.
    func execute(in context: Context, state: RenderState) throws {
        var template = self
        var depth = 0
        while true {
            let frame = Frame(template.root, template, parent: nil, context: context, state: state)
            if template.root.selfSlot >= 0 { frame[template.root.selfSlot] = .object(SelfObject(context, state)) }
            frame.enter(template.root.entry)
            _ = try frame.execute(template.root.body)
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

/// A block of a template.
struct BlockReference {
    let template: CompiledTemplate
    let block: Ref<BlockStatement>
}
