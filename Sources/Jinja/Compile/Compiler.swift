import Diagnostics

/// Settles what a template's tree leaves open: variables become slots, filters and tests become functions, constant
/// expressions become values.
struct Compiler: ~Copyable {
    let source: TemplateSource
    let options: Options
    let registry: Registry
    var tree: SyntaxTree
    var bindings: Bindings
    var problems: [Diagnostic]
    /// Whether an `extends` at the root level has been compiled: output behind it is dropped.
    var hasKnownExtends = false
    var extendsCount = 0
    /// The macros that calls can be checked against; found where compilation is strict.
    var macroSignatures: [NameID: KnownMacro] = [:]
    /// Whether the call of a `call` block is being compiled.
    var isCallBlock = false

    /// Takes the tree that a parser has made.
    private init(_ source: TemplateSource, _ parser: consuming Parser, options: Options, registry: Registry) {
        self.source = source
        self.options = options
        self.registry = registry
        bindings = Bindings(nameCount: parser.tree.names.count)
        problems = parser.problems.map { Self.diagnostic($0, in: source) }
        // Moved, because a copy would count references to every pool.
        tree = parser.tree
    }

    /// Compiles a whole template.
    /// - Throws: `TemplateError` with every problem found.
    static func compile(_ file: SourceFile, options: Options, registry: Registry) throws
        -> CompiledTemplate
    {
        let traits = ByteSearch.traits(of: file.bytes)
        if let offset = TemplateSource.firstInvalidByte(in: file.bytes, traits: traits) {
            throw TemplateError([
                .error(
                    ProblemID.encoding, "template is not valid UTF-8",
                    at: SourceSpan(file, offset..<(offset + 1)))
            ])
        }
        let source = TemplateSource(file, traits: traits, keepTrailingNewline: options.keepTrailingNewline)
        var parser = Parser(source, options: options)
        let body = parser.parseTemplate()
        var compiler = Compiler(source, parser, options: options, registry: registry)
        let root = compiler.compileTemplate(body)
        guard compiler.problems.isEmpty else { throw TemplateError(compiler.problems.sortedByPlace()) }
        return compiler.finished(root)
    }

    private consuming func finished(_ root: Function) -> CompiledTemplate {
        CompiledTemplate(source: source, tree: tree, root: root, newline: options.newlineSequence)
    }

    private static func diagnostic(_ error: SyntaxError, in source: TemplateSource) -> Diagnostic {
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

    private mutating func compileTemplate(_ body: Body) -> Function {
        rejectDuplicateBlocks()
        if options.strictCompilation { macroSignatures = KnownMacro.find(in: tree, body: body) }
        bindings.openFunction()
        let mark = bindings.open()
        var scope = CompileScope(escape: options.autoescape)
        var root = Function(body: body)
        if UndeclaredNames.find(.ownBlocks, in: body, of: tree).contains(.ownBlocks) {
            root.selfSlot = bindings.declareParameter(NameID(.ownBlocks))
        }
        analyze(body)
        scope.isTopLevel = true
        scope.isRootLevel = true
        scope.checksOutput = tree.hasExtends
        root.entry = makeEntry()
        compile(body, scope)
        bindings.close(mark)
        root.slotCount = bindings.closeFunction()
        for index in 0..<tree.blocks.count { compileBlock(Ref(index: Int32(index))) }
        return root
    }

    private mutating func rejectDuplicateBlocks() {
        guard tree.blocks.count > 1 else { return }
        // The first block of each name.
        var first = ContiguousArray(repeating: -1, count: tree.names.count)
        for index in 0..<tree.blocks.count {
            let name = tree.blocks[index].name
            let known = first[Int(name.name.index)]
            if known < 0 {
                first[Int(name.name.index)] = index
                continue
            }
            report(
                ProblemID.duplicateBlock, "block `\(tree.text(name))` is defined twice", at: name.range,
                notes: [Diagnostic.Note("first defined here", at: source.span(tree.blocks[known].name.range))])
        }
    }

    private mutating func compileBlock(_ block: Ref<BlockStatement>) {
        let body = tree.blocks[block].body
        bindings.openFunction()
        let mark = bindings.open()
        let scope = CompileScope(escape: options.autoescape)
        var function = Function(body: body)
        let special = UndeclaredNames.find([.ownBlocks, .parentBlock], in: body, of: tree)
        if special.contains(.ownBlocks) { function.selfSlot = bindings.declareParameter(NameID(.ownBlocks)) }
        if special.contains(.parentBlock) { function.superSlot = bindings.declareParameter(NameID(.parentBlock)) }
        analyze(body)
        function.entry = makeEntry()
        compile(body, scope)
        bindings.close(mark)
        function.slotCount = bindings.closeFunction()
        tree.blocks[block].function = function
    }

    /// What the current scope begins with.
    /// - Parameter includes: which bindings to keep.
    mutating func makeEntry(where includes: (Bindings.Binding) -> Bool = { _ in true }) -> ScopeEntry {
        let start = tree.entryActions.count
        for binding in bindings.current where includes(binding) {
            guard let source = bindings.source(binding) else { continue }
            _ = tree.entryActions.add(ScopeEntry.Action(slot: binding.slot, source: source))
        }
        return ScopeEntry(actions: tree.entryActions.run(from: start))
    }
}
