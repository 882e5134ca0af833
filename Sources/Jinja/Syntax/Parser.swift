/// Reads tokens into a tree.
///
/// A problem inside one tag is recorded and reading goes on behind that tag, so that one run finds all of them.
struct Parser {
    let source: TemplateSource
    let tokens: [Token]
    let nestingLimit: Int
    var index = 0
    var problems: [SyntaxError]
    var nesting = 0
    /// The tags that are open, outermost first, with the tags that close or divide them.
    var openTags: [OpenTag] = []

    /// A tag that has a body.
    struct OpenTag {
        let name: String
        let range: SourceRange
        let ends: [String]
    }

    init(_ source: TemplateSource, options: Options) {
        self.source = source
        nestingLimit = options.limits.nestingDepth
        var lexer = Lexer(source.bytes, options: options)
        tokens = lexer.tokenize()
        problems = lexer.problems
    }

    /// The whole template.
    mutating func parseTemplate() -> [Statement] {
        let (body, _) = parseBody(until: nil)
        return body
    }

    // MARK: - The cursor

    var current: Token { tokens[index] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func text(_ token: Token) -> String { source.text(token.range) }

    func isName(_ word: String, _ token: Token? = nil) -> Bool {
        let token = token ?? current
        guard token.kind == .name, Int(token.end - token.start) == word.utf8.count else { return false }
        return source.bytes[Int(token.start)..<Int(token.end)].elementsEqual(word.utf8)
    }

    func isSymbol(_ symbol: Symbol) -> Bool { current.kind == .operator && current.symbol == symbol }

    mutating func skip(name: String) -> Bool {
        guard isName(name) else { return false }
        advance()
        return true
    }

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

    mutating func expect(name: String) throws {
        guard skip(name: name) else { throw unexpected("`\(name)`") }
    }

    mutating func expectWord() throws -> Word {
        guard current.kind == .name else { throw unexpected("a name") }
        let word = Word(text: text(current), range: current.range)
        // The lexer makes names of no other ASCII than identifiers.
        guard Text.isASCII(word.text) || Self.isIdentifier(word.text) else {
            throw SyntaxError("invalid character in a name", at: word.range)
        }
        advance()
        return word
    }

    static func isIdentifier(_ text: String) -> Bool {
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            let isAllowed =
                scalar == "_"
                || (offset == 0 ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue)
            if !isAllowed { return false }
        }
        return true
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
    mutating func nested<Result>(_ body: (inout Parser) throws -> Result) throws -> Result {
        guard nesting < nestingLimit else {
            throw SyntaxError(
                "nested more than \(nestingLimit) deep", at: current.range, id: ProblemID.nesting)
        }
        nesting += 1
        defer { nesting -= 1 }
        return try body(&self)
    }

    /// Makes an expression, or fails when its tree has become too deep.
    func make(_ kind: Expression.Kind, _ range: SourceRange) throws -> Expression {
        let expression = Expression(kind, range)
        guard expression.depth <= nestingLimit * 2 else {
            throw SyntaxError(
                "expression is nested more than \(nestingLimit * 2) deep", at: range, id: ProblemID.nesting)
        }
        return expression
    }
}
