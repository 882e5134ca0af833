/// Reads tokens into a tree.
///
/// A problem inside one tag is recorded and reading goes on behind that tag, so that one run finds all of them.
struct Parser: ~Copyable {
    let source: TemplateSource
    let tokens: ContiguousArray<Token>
    let nestingLimit: Int
    var tree = SyntaxTree()
    var index = 0
    var problems: [SyntaxError]
    var nesting = 0
    /// The tags that are open, outermost first, with the tags that close or divide them.
    var openTags: [OpenTag] = []
    /// The parts of lists that are being read; each reader takes away what it has put here.
    var pendingExpressions: ContiguousArray<ExpressionID> = []
    var pendingStatements: ContiguousArray<StatementID> = []
    /// The special variables read so far in the body that is being read.
    var mentions = SpecialNames()

    /// A tag that has a body.
    struct OpenTag {
        let name: Keyword
        let range: SourceRange
        let ends: [Keyword]
        /// What `break` and `continue` mean directly inside.
        var role = LoopRole.transparent

        /// "`elif` or `endif`".
        var expectedEnds: String { ends.map { "`\($0.text)`" }.joined(separator: " or ") }
    }

    /// How a body relates to the loops around it.
    enum LoopRole {
        /// The body of a loop.
        case loop
        /// The same loop as outside.
        case transparent
        /// A function of its own, which no statement of a loop can leave.
        case barrier
    }

    /// Whether `break` and `continue` have a loop to leave here.
    var isInsideLoop: Bool { openTags.last { $0.role != .transparent }?.role == .loop }

    init(_ source: TemplateSource, options: Options) {
        self.source = source
        nestingLimit = options.limits.nestingDepth
        var lexer = Lexer(source, options: options)
        lexer.tokenize()
        (tokens, problems, tree.names) = lexer.results()
        tree.expressions.reserve(tokens.count / 2)
        tree.expressionLists.reserve(tokens.count / 8)
        tree.statements.reserve(tokens.count / 8)
        tree.statementLists.reserve(tokens.count / 8)
        pendingExpressions.reserveCapacity(16)
        pendingStatements.reserveCapacity(32)
    }

    /// The whole template.
    mutating func parseTemplate() -> Body {
        let (body, _) = parseBody(until: [])
        return body
    }

    // MARK: - The cursor

    var current: Token {
        @inline(__always) get { tokens[index] }
    }

    func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    @inline(__always)
    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func text(_ token: Token) -> String { source.text(token.range) }

    @inline(__always)
    func isName(_ word: Keyword, _ token: Token) -> Bool { token.name.index == word.rawValue }

    @inline(__always)
    func isName(_ word: Keyword) -> Bool { isName(word, current) }

    @inline(__always)
    func isSymbol(_ symbol: Symbol) -> Bool { current.symbol == symbol }

    @inline(__always)
    mutating func skip(name: Keyword) -> Bool {
        guard isName(name) else { return false }
        advance()
        return true
    }

    @inline(__always)
    mutating func skip(_ symbol: Symbol) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    @discardableResult
    mutating func expect(_ symbol: Symbol) throws -> SourceRange {
        guard isSymbol(symbol) else { throw unexpected("`\(symbol.text)`") }
        defer { advance() }
        return current.range
    }

    mutating func expect(name: Keyword) throws {
        guard skip(name: name) else { throw unexpected("`\(name.text)`") }
    }

    mutating func expectWord() throws -> Word {
        guard current.kind == .name else { throw unexpected("a name") }
        let word = Word(name: current.name, range: current.range)
        guard tree.names[word.name].isIdentifier else {
            throw SyntaxError("invalid character in a name", at: word.range)
        }
        advance()
        return word
    }

    /// The end of a block tag.
    mutating func expectBlockEnd() throws {
        guard current.kind == .blockEnd else { throw unexpected("the end of the tag") }
        advance()
    }

    /// The problem that the current token is not what it should be.
    func unexpected(_ expected: String) -> SyntaxError {
        switch current.kind {
        case .end:
            return SyntaxError(
                "tag is never closed", at: tagStart() ?? current.range, id: ProblemID.unclosed,
                label: "expected \(expected)")
        case .invalid: return SyntaxError("", at: current.range)
        default:
            return SyntaxError("expected \(expected), found \(describe(current))", at: current.range)
        }
    }

    private func tagStart() -> SourceRange? {
        tokens[..<index].last { $0.kind == .blockBegin || $0.kind == .variableBegin }?.range
    }

    func describe(_ token: Token) -> String {
        switch token.kind {
        case .end: "the end of the template"
        case .blockEnd, .variableEnd: "the end of the tag"
        case .text, .blockBegin, .variableBegin: "a new tag"
        default: "`\(text(token))`"
        }
    }

    // MARK: - Recovery

    /// Records a problem; what the lexer has reported about the same place is not said again.
    mutating func record(_ error: any Error) {
        // Where reading stopped, lists were left half read.
        pendingExpressions.removeAll(keepingCapacity: true)
        guard let error = error as? SyntaxError, !error.message.isEmpty else { return }
        problems.append(error)
    }

    /// Moves behind the end of the tag that the cursor is in, or in front of the next tag.
    mutating func skipTag() {
        while true {
            switch current.kind {
            case .blockEnd, .variableEnd:
                advance()
                return
            case .end, .text, .blockBegin, .variableBegin: return
            default: advance()
            }
        }
    }

    /// Goes one level deeper, or fails when the nesting is beyond the limit.
    mutating func enter() throws {
        guard nesting < nestingLimit else {
            throw SyntaxError(
                "nested more than \(nestingLimit) deep", at: current.range, id: ProblemID.nesting)
        }
        nesting += 1
    }

    mutating func leave() { nesting -= 1 }

    // MARK: - The tree

    /// Adds an expression, or fails when its tree has become too deep.
    mutating func make(_ kind: Expression.Kind, _ range: SourceRange) throws -> ExpressionID {
        var deepest: Int32 = 0
        tree.forEachChild(kind) { deepest = max(deepest, tree.expressions[$0].depth) }
        guard deepest < nestingLimit * 2 else {
            throw SyntaxError(
                "expression is nested more than \(nestingLimit * 2) deep", at: range, id: ProblemID.nesting)
        }
        return tree.expressions.add(Expression(kind: kind, range: range, depth: deepest + 1))
    }

    /// Adds a constant.
    mutating func make(_ constant: Constant, _ range: SourceRange) -> ExpressionID {
        let constant = tree.constants.add(constant)
        return tree.expressions.add(Expression(kind: .constant(constant), range: range, depth: 1))
    }

    func range(_ expression: ExpressionID) -> SourceRange { tree.expressions[expression].range }

    /// The range of the token before the cursor.
    var previousRange: SourceRange { tokens[max(0, index - 1)].range }

    /// The expressions read since a mark, as a list.
    mutating func takeExpressions(since mark: Int) -> Run<ExpressionID> {
        guard mark < pendingExpressions.count else { return .empty }
        let run = tree.expressionLists.add(pendingExpressions[mark...])
        pendingExpressions.removeLast(pendingExpressions.count - mark)
        return run
    }
}
