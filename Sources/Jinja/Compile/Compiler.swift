import Diagnostics

/// Turns a template's tree into nodes that evaluate themselves: variables become slots, filters and tests
/// become functions, constant expressions become values.
struct Compiler {
    let source: TemplateSource
    let options: Options
    let registry: Registry
    var problems: [Diagnostic] = []
    var blocks: [String: BlockStatement] = [:]
    var blockOrder: [String] = []
    /// Whether an `extends` at the root level has been compiled: output behind it is dropped.
    var hasKnownExtends = false
    var extendsCount = 0

    init(_ source: TemplateSource, options: Options, registry: Registry) {
        self.source = source
        self.options = options
        self.registry = registry
    }

    /// Compiles a whole template.
    /// - Throws: `TemplateError` with every problem found.
    static func compile(_ file: SourceFile, options: Options, registry: Registry) throws
        -> CompiledTemplate
    {
        if let offset = TemplateSource.firstInvalidByte(in: file.bytes) {
            throw TemplateError([
                .error(
                    ProblemID.encoding, "template is not valid UTF-8",
                    at: SourceSpan(file, offset..<(offset + 1)))
            ])
        }
        let source = TemplateSource(file, keepTrailingNewline: options.keepTrailingNewline)
        var parser = Parser(source, options: options)
        let body = parser.parseTemplate()
        var compiler = Compiler(source, options: options, registry: registry)
        compiler.problems = parser.problems.map { compiler.diagnostic($0) }
        let template = compiler.compileTemplate(body)
        guard compiler.problems.isEmpty else { throw TemplateError(compiler.problems.sortedByPlace()) }
        return template
    }

    func diagnostic(_ error: SyntaxError) -> Diagnostic {
        let label = error.suggestion.map { "did you mean `\($0)`?" } ?? error.label
        let notes = error.related.map { [Diagnostic.Note($0.message, at: source.span($0.range))] } ?? []
        return .error(error.id, error.message, at: source.span(error.range), label: label, notes: notes)
    }

    mutating func report(
        _ id: String, _ message: String, at range: SourceRange, label: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        problems.append(.error(id, message, at: source.span(range), label: label, notes: notes))
    }

    // MARK: - The template

    private mutating func compileTemplate(_ body: [Statement]) -> CompiledTemplate {
        collectBlocks(body)
        let hasExtends = containsExtends(body)
        let function = FunctionBuilder(depth: 0)
        var scope = CompileScope(
            symbols: Symbols(parent: nil, table: SlotTable(function)), function: function,
            escape: options.autoescape)
        var selfSlot: Int?
        if UndeclaredNames.find(["self"], in: body).contains("self") {
            selfSlot = scope.symbols.declareParameter("self").slot
        }
        scope.symbols.analyze(body)
        scope.isTopLevel = true
        scope.isRootLevel = true
        scope.checksOutput = hasExtends
        let entry = ScopeEntry(scope)
        let nodes = compile(body, scope)
        let root = FunctionCode(
            slotCount: function.slotCount, entry: entry, body: nodes, selfSlot: selfSlot, superSlot: nil)
        let blockCodes = blockOrder.compactMap { name in
            blocks[name].map { (name, compileBlock($0)) }
        }
        return CompiledTemplate(
            source: source, root: root, blocks: blockCodes, hasExtends: hasExtends,
            referencedVariables: ContextNames.find(in: body, globals: registry.globalNames))
    }

    private mutating func collectBlocks(_ body: [Statement]) {
        var found: [BlockStatement] = []
        body.forEachNested { if case .block(let block) = $0.kind { found.append(block) } }
        for block in found {
            if let first = blocks[block.name.text] {
                report(
                    ProblemID.duplicateBlock, "block `\(block.name.text)` is defined twice",
                    at: block.name.range,
                    notes: [Diagnostic.Note("first defined here", at: source.span(first.name.range))])
                continue
            }
            blocks[block.name.text] = block
            blockOrder.append(block.name.text)
        }
    }

    private func containsExtends(_ body: [Statement]) -> Bool {
        var result = false
        body.forEachNested { if case .extends = $0.kind { result = true } }
        return result
    }

    private mutating func compileBlock(_ block: BlockStatement) -> BlockCode {
        let function = FunctionBuilder(depth: 0)
        let scope = CompileScope(
            symbols: Symbols(parent: nil, table: SlotTable(function)), function: function,
            escape: options.autoescape)
        let special = UndeclaredNames.find(["self", "super"], in: block.body)
        let selfSlot = special.contains("self") ? scope.symbols.declareParameter("self").slot : nil
        let superSlot = special.contains("super") ? scope.symbols.declareParameter("super").slot : nil
        scope.symbols.analyze(block.body)
        let entry = ScopeEntry(scope)
        let body = compile(block.body, scope)
        return BlockCode(
            name: block.name.text,
            code: FunctionCode(
                slotCount: function.slotCount, entry: entry, body: body, selfSlot: selfSlot,
                superSlot: superSlot))
    }
}
