extension Parser {
    /// Text, expressions and statements up to one of the tags given, which is left current, or up to the end.
    /// - Returns: the statements and the name of the tag that ended them, `nil` at the end of the template or
    ///   where an outer tag is closed.
    mutating func parseBody(until ends: [Keyword]) -> (Body, Keyword?) {
        let outerMentions = mentions
        mentions = []
        var (body, end) = parseStatements(until: ends)
        body.mentions = mentions
        mentions.formUnion(outerMentions)
        return (body, end)
    }

    private mutating func parseStatements(until ends: [Keyword]) -> (Body, Keyword?) {
        let mark = pendingStatements.count
        while true {
            let token = current
            switch token.kind {
            case .end:
                reportUnclosed()
                return (takeStatements(since: mark), nil)
            case .text:
                pendingStatements.append(add(.text, token.range, depth: 1))
                advance()
            case .variableBegin: if let statement = parseOutput() { pendingStatements.append(statement) }
            case .blockBegin:
                let word = peek()
                if let name = Keyword(rawValue: word.name.index) {
                    if ends.contains(name) {
                        advance()
                        return (takeStatements(since: mark), name)
                    }
                    if closesOuterTag(name, word) { return (takeStatements(since: mark), nil) }
                }
                if let statement = parseStatement() { pendingStatements.append(statement) }
            default:
                advance()
            }
        }
    }

    /// The statements read since a mark, as a body.
    private mutating func takeStatements(since mark: Int) -> Body {
        guard mark < pendingStatements.count else { return .empty }
        var deepest: Int32 = 0
        for statement in pendingStatements[mark...] { deepest = max(deepest, tree.statements[statement].depth) }
        let run = tree.statementLists.add(pendingStatements[mark...])
        pendingStatements.removeLast(pendingStatements.count - mark)
        return Body(statements: run, depth: deepest + 1)
    }

    mutating func add(_ kind: Statement.Kind, _ range: SourceRange, depth: Int32) -> StatementID {
        tree.statements.add(Statement(kind: kind, range: range, depth: depth))
    }

    /// The depth of an expression; 0 where there is none.
    func depth(_ expression: ExpressionID) -> Int32 { expression.exists ? tree.expressions[expression].depth : 0 }

    private mutating func reportUnclosed() {
        guard let open = openTags.last else { return }
        record(
            SyntaxError(
                "`\(open.name.text)` is never closed", at: open.range, id: ProblemID.unclosed,
                label: "expected \(open.expectedEnds) after it"))
    }

    /// Whether a tag closes not the innermost open tag but one around it; the innermost is then reported.
    private mutating func closesOuterTag(_ name: Keyword, _ word: Token) -> Bool {
        guard let open = openTags.last, openTags.dropLast().contains(where: { $0.ends.contains(name) })
        else {
            return false
        }
        record(
            SyntaxError(
                "unexpected `\(name.text)`: `\(open.name.text)` is still open", at: word.range,
                id: ProblemID.unclosed,
                label: "expected \(open.expectedEnds) before it",
                related: ("`\(open.name.text)` begins here", open.range)))
        return true
    }

    private mutating func parseOutput() -> StatementID? {
        let start = current.range
        advance()
        do {
            let expression = try parseTuple()
            guard current.kind == .variableEnd else { throw unexpected("the end of the expression") }
            let range = start.merged(with: current.range)
            advance()
            return add(.output(expression, nil), range, depth: depth(expression) + 1)
        } catch {
            record(error)
            skipTag()
            return nil
        }
    }

    private mutating func parseStatement() -> StatementID? {
        let start = current.range
        advance()
        let mark = index
        do {
            guard current.kind == .name else { throw unexpected("the name of a tag") }
            try enter()
            defer { leave() }
            return try parseTag(current.name, start.merged(with: current.range))
        } catch {
            record(error)
            // A problem in the head of a tag leaves the cursor inside it.
            if index == mark { advance() }
            skipTag()
            return nil
        }
    }

    private mutating func parseTag(_ name: NameID, _ range: SourceRange) throws -> StatementID? {
        switch Keyword(rawValue: name.index) {
        case .if: return try parseIf(range)
        case .for: return try parseFor(range)
        case .set: return try parseSet(range)
        case .macro: return try parseMacro(range)
        case .call: return try parseCall(range)
        case .filter: return try parseFilterBlock(range)
        case .with: return try parseWith(range)
        case .autoescape: return try parseAutoescape(range)
        case .block: return try parseBlock(range)
        default:
            let statement = try parseSimpleTag(name, range)
            try expectBlockEnd()
            return statement
        }
    }

    private mutating func parseSimpleTag(_ name: NameID, _ range: SourceRange) throws -> StatementID {
        switch Keyword(rawValue: name.index) {
        case .extends:
            advance()
            let template = try parseExpression()
            tree.hasExtends = true
            return add(.extends(template), range, depth: depth(template) + 1)
        case .do:
            advance()
            let expression = try parseTuple()
            return add(.do(expression), range, depth: depth(expression) + 1)
        case .include: return try parseInclude(range)
        case .import: return try parseImport(range)
        case .from: return try parseFromImport(range)
        case .print: return try parsePrint(range)
        case .break: return try parseLoopControl(.break, "break", range)
        case .continue: return try parseLoopControl(.continue, "continue", range)
        default: throw unknownTag(tree.names[name].text)
        }
    }

    private mutating func parseLoopControl(
        _ kind: Statement.Kind, _ name: String, _ range: SourceRange
    ) throws -> StatementID {
        advance()
        guard isInsideLoop else {
            throw SyntaxError("`\(name)` outside of a loop", at: range)
        }
        return add(kind, range, depth: 1)
    }

    private func unknownTag(_ name: String) -> SyntaxError {
        let known = Self.tags + (openTags.last?.ends ?? []).map(\.text)
        var label: String?
        if name.hasPrefix("end") || name == "else" || name == "elif" {
            label = openTags.isEmpty ? "no tag is open here" : "open is `\(openTags.last?.name.text ?? "")`"
        }
        return SyntaxError(
            "unknown tag `\(name)`", at: current.range, id: ProblemID.unknownTag, label: label,
            suggestion: Suggestions.nearest(name, known))
    }

    private static let tags = [
        "if", "for", "set", "macro", "call", "filter", "with", "autoescape", "block", "extends",
        "include", "import",
        "from", "do", "print", "break", "continue", "raw",
    ]

    /// The head of a tag with a body. A problem in it is recorded and the body is read all the same.
    mutating func parseHead<Result>(_ body: (inout Parser) throws -> Result) -> Result? {
        do {
            let result = try body(&self)
            _ = skip(.colon)
            try expectBlockEnd()
            return result
        } catch {
            record(error)
            skipTag()
            return nil
        }
    }

    /// The body of an open tag and the tag that ended it, with the cursor behind that tag's name.
    mutating func parseInside(
        _ name: Keyword, _ range: SourceRange, ends: [Keyword], role: LoopRole = .transparent
    ) -> (body: Body, end: Keyword?) {
        openTags.append(OpenTag(name: name, range: range, ends: ends, role: role))
        let (body, end) = parseBody(until: ends)
        openTags.removeLast()
        if end != nil { advance() }
        return (body, end)
    }

    /// The end of a closing tag; nothing where the body was not closed by a tag of its own.
    mutating func finish(_ end: Keyword?) throws {
        if end != nil { try expectBlockEnd() }
    }

    private static let conditionEnds: [Keyword] = [.elif, .else, .endif]
    private static let lastConditionEnd: [Keyword] = [.endif]
    private static let loopEnds: [Keyword] = [.else, .endfor]
    private static let lastLoopEnd: [Keyword] = [.endfor]

    private mutating func parseIf(_ range: SourceRange) throws -> StatementID {
        var branches: [Condition.Branch] = []
        var otherwise = Body.empty
        let start = range
        var range = range
        var deepest: Int32 = 0
        while true {
            advance()
            let test = parseHead { try $0.parseTuple(withConditional: false) } ?? make(.none, range)
            let (body, end) = parseInside(.if, range, ends: Self.conditionEnds)
            branches.append(Condition.Branch(test: test, body: body))
            deepest = max(deepest, depth(test), body.depth)
            if end == .elif {
                index -= 1
                range = current.range
                continue
            }
            if end == .else {
                _ = parseHead { _ in () }
                let (body, end) = parseInside(.if, range, ends: Self.lastConditionEnd)
                otherwise = body
                deepest = max(deepest, body.depth)
                try finish(end)
            } else {
                try finish(end)
            }
            let condition = Condition(branches: tree.branches.add(branches), otherwise: otherwise)
            return add(.if(tree.conditions.add(condition)), start, depth: deepest + 1)
        }
    }

    private mutating func parseFor(_ range: SourceRange) throws -> StatementID? {
        advance()
        let head = parseHead { parser -> (Ref<Target>, ExpressionID, ExpressionID, Bool) in
            let target = try parser.parseTarget(until: .in)
            try parser.expect(name: .in)
            let iterable = try parser.parseTuple(withConditional: false, until: .recursive)
            let test = parser.skip(name: .if) ? try parser.parseExpression() : .none
            return (target, iterable, test, parser.skip(name: .recursive))
        }
        let (body, end) = parseInside(.for, range, ends: Self.loopEnds, role: .loop)
        var otherwise = Body.empty
        if end == .else {
            _ = parseHead { _ in () }
            // A recursive loop is a function; its `else` is outside of its loop, but inside of the function.
            let role = head?.3 == true ? LoopRole.barrier : .transparent
            let (body, end) = parseInside(.for, range, ends: Self.lastLoopEnd, role: role)
            otherwise = body
            try finish(end)
        } else {
            try finish(end)
        }
        guard let (target, iterable, test, isRecursive) = head else { return nil }
        let loop = ForLoop(
            target: target, iterable: iterable, test: test, isRecursive: isRecursive, body: body,
            otherwise: otherwise)
        let deepest = max(body.depth, otherwise.depth, depth(test), depth(iterable))
        return add(.for(tree.loops.add(loop)), range, depth: deepest + 2)
    }

    private mutating func parseSet(_ range: SourceRange) throws -> StatementID {
        advance()
        let target = try parseTarget(until: nil, withNamespace: true)
        if skip(.assign) {
            let value = try parseTuple()
            try expectBlockEnd()
            return add(.set(target, value), range, depth: depth(value) + 1)
        }
        let filter = try parseFilterChain(.none)
        _ = skip(.colon)
        try expectBlockEnd()
        let (body, end) = parseInside(.set, range, ends: [.endset])
        try finish(end)
        let capture = CaptureStatement(target: target, filter: filter, body: body)
        return add(.setBlock(tree.captures.add(capture)), range, depth: max(body.depth, depth(filter)) + 1)
    }

    private mutating func parseMacro(_ range: SourceRange) throws -> StatementID? {
        advance()
        let head = parseHead { parser in (try parser.expectWord(), try parser.parseSignature()) }
        let (body, end) = parseInside(.macro, range, ends: [.endmacro], role: .barrier)
        try finish(end)
        guard let (name, parameters) = head else { return nil }
        let macro = tree.macros.add(Macro(name: name, parameters: parameters, body: body))
        return add(.macro(tree.macroStatements.add(MacroStatement(name: name, macro: macro))), range, depth: 1)
    }

    private mutating func parseCall(_ range: SourceRange) throws -> StatementID? {
        advance()
        let head = parseHead { parser -> (Run<Parameter>, ExpressionID) in
            let parameters = parser.isSymbol(.leftParenthesis) ? try parser.parseSignature() : .empty
            let call = try parser.parseExpression()
            guard case .call = parser.tree.expressions[call].kind else {
                throw SyntaxError("expected a call", at: parser.range(call))
            }
            return (parameters, call)
        }
        let (body, end) = parseInside(.call, range, ends: [.endcall], role: .barrier)
        try finish(end)
        guard let (parameters, call) = head else { return nil }
        let macro = tree.macros.add(Macro(name: nil, parameters: parameters, body: body))
        return add(
            .call(tree.calls.add(CallStatement(macro: macro, call: call))), range, depth: depth(call) + 2)
    }

    private mutating func parseFilterBlock(_ range: SourceRange) throws -> StatementID? {
        advance()
        let filter = parseHead { parser in try parser.parseFilterChain(.none, isInline: true) }
        let (body, end) = parseInside(.filter, range, ends: [.endfilter])
        try finish(end)
        guard let filter else { return nil }
        let capture = CaptureStatement(target: .none, filter: filter, body: body)
        return add(.filter(tree.captures.add(capture)), range, depth: max(body.depth, depth(filter)) + 1)
    }

    private mutating func parseAutoescape(_ range: SourceRange) throws -> StatementID? {
        advance()
        let mode = parseHead { try $0.parseExpression() }
        let (body, end) = parseInside(.autoescape, range, ends: [.endautoescape])
        try finish(end)
        guard let mode else { return nil }
        let statement = tree.autoescapes.add(AutoescapeStatement(mode: mode, body: body))
        return add(.autoescape(statement), range, depth: max(body.depth, depth(mode)) + 1)
    }
}
