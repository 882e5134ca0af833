extension Parser {
    /// Text, expressions and statements up to one of the tags given, which is left current, or up to the end.
    /// - Returns: the statements and the name of the tag that ended them, `nil` at the end of the template or
    ///   where an outer tag is closed.
    mutating func parseBody(until ends: [String]?) -> ([Statement], String?) {
        var body: [Statement] = []
        while true {
            switch current.kind {
            case .end:
                reportUnclosed()
                return (body, nil)
            case .text:
                body.append(Statement(kind: .text, range: current.range))
                advance()
            case .variableBegin: if let statement = parseOutput() { body.append(statement) }
            case .blockBegin:
                let word = peek()
                if word.kind == .name {
                    let name = text(word)
                    if let ends, ends.contains(name) {
                        advance()
                        return (body, name)
                    }
                    if closesOuterTag(name, word) { return (body, nil) }
                }
                if let statement = parseStatement() { body.append(statement) }
            default:
                advance()
            }
        }
    }

    private mutating func reportUnclosed() {
        guard let open = openTags.last else { return }
        record(
            SyntaxError(
                "`\(open.name)` is never closed", at: open.range, id: ProblemID.unclosed,
                label: "expected " + open.ends.map { "`\($0)`" }.joined(separator: " or ") + " after it"))
    }

    /// Whether a tag closes not the innermost open tag but one around it; the innermost is then reported.
    private mutating func closesOuterTag(_ name: String, _ word: Token) -> Bool {
        guard let open = openTags.last, openTags.dropLast().contains(where: { $0.ends.contains(name) })
        else {
            return false
        }
        record(
            SyntaxError(
                "unexpected `\(name)`: `\(open.name)` is still open", at: word.range,
                id: ProblemID.unclosed,
                label: "expected " + open.ends.map { "`\($0)`" }.joined(separator: " or ") + " before it",
                related: ("`\(open.name)` begins here", open.range)))
        return true
    }

    private mutating func parseOutput() -> Statement? {
        let start = current.range
        advance()
        do {
            let expression = try parseTuple()
            guard current.kind == .variableEnd else { throw unexpected("the end of the expression") }
            let range = start.merged(with: current.range)
            advance()
            return Statement(kind: .output(expression), range: range)
        } catch {
            record(error)
            skipTag()
            return nil
        }
    }

    private mutating func parseStatement() -> Statement? {
        let start = current.range
        advance()
        let mark = index
        do {
            guard current.kind == .name else { throw unexpected("the name of a tag") }
            let range = start.merged(with: current.range)
            let kind = try nested { try $0.parseTag($0.text($0.current), range) }
            return kind.map { Statement(kind: $0, range: range) }
        } catch {
            record(error)
            // A problem in the head of a tag leaves the cursor inside it.
            if index == mark { advance() }
            skipTag()
            return nil
        }
    }

    private mutating func parseTag(_ name: String, _ range: SourceRange) throws -> Statement.Kind? {
        switch name {
        case "if": return try parseIf(range)
        case "for": return try parseFor(range)
        case "set": return try parseSet(range)
        case "macro": return try parseMacro(range)
        case "call": return try parseCall(range)
        case "filter": return try parseFilterBlock(range)
        case "with": return try parseWith(range)
        case "autoescape": return try parseAutoescape(range)
        case "block": return try parseBlock(range)
        default: return try parseSimpleTag(name, range)
        }
    }

    private mutating func parseSimpleTag(_ name: String, _ range: SourceRange) throws -> Statement
        .Kind?
    {
        let kind: Statement.Kind
        switch name {
        case "extends": kind = .extends(try parseAfterTag())
        case "include": kind = try parseInclude()
        case "import": kind = try parseImport()
        case "from": kind = try parseFromImport()
        case "do": kind = .do(try parseAfterTag(asTuple: true))
        case "print": kind = try parsePrint()
        case "break", "continue":
            advance()
            guard openTags.contains(where: { $0.name == "for" }) else {
                throw SyntaxError("`\(name)` outside of a loop", at: range)
            }
            kind = name == "break" ? .break : .continue
        default: throw unknownTag(name)
        }
        try expectBlockEnd()
        return kind
    }

    private func unknownTag(_ name: String) -> SyntaxError {
        let ends = openTags.last?.ends ?? []
        let known = Self.tags + ends
        var label: String?
        if name.hasPrefix("end") || name == "else" || name == "elif" {
            label = openTags.isEmpty ? "no tag is open here" : "open is `\(openTags.last?.name ?? "")`"
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

    private mutating func parseAfterTag(asTuple: Bool = false) throws -> Expression {
        advance()
        return asTuple ? try parseTuple() : try parseExpression()
    }

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
        _ name: String, _ range: SourceRange, ends: [String]
    ) -> (body: [Statement], end: String?) {
        openTags.append(OpenTag(name: name, range: range, ends: ends))
        let (body, end) = parseBody(until: ends)
        openTags.removeLast()
        if end != nil { advance() }
        return (body, end)
    }

    /// The end of a closing tag; nothing where the body was not closed by a tag of its own.
    mutating func finish(_ end: String?) throws {
        if end != nil { try expectBlockEnd() }
    }

    private mutating func parseIf(_ range: SourceRange) throws -> Statement.Kind? {
        var branches: [Statement.Branch] = []
        var otherwise: [Statement] = []
        var range = range
        while true {
            advance()
            let test = parseHead { try $0.parseTuple(withConditional: false) }
            let (body, end) = parseInside("if", range, ends: ["elif", "else", "endif"])
            branches.append(
                Statement.Branch(test: test ?? Expression(.constant(.none), range), body: body))
            if end == "elif" {
                index -= 1
                range = current.range
                continue
            }
            if end == "else" {
                _ = parseHead { _ in () }
                let (body, end) = parseInside("if", range, ends: ["endif"])
                otherwise = body
                try finish(end)
            } else {
                try finish(end)
            }
            return .if(branches, otherwise: otherwise)
        }
    }

    private mutating func parseFor(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let head = parseHead { parser -> (Target, Expression, Expression?, Bool) in
            let target = try parser.parseTarget(until: "in")
            try parser.expect(name: "in")
            let iterable = try parser.parseTuple(withConditional: false, until: "recursive")
            let test = parser.skip(name: "if") ? try parser.parseExpression() : nil
            return (target, iterable, test, parser.skip(name: "recursive"))
        }
        let (body, end) = parseInside("for", range, ends: ["else", "endfor"])
        var otherwise: [Statement] = []
        if end == "else" {
            _ = parseHead { _ in () }
            let (body, end) = parseInside("for", range, ends: ["endfor"])
            otherwise = body
            try finish(end)
        } else {
            try finish(end)
        }
        guard let (target, iterable, test, isRecursive) = head else { return nil }
        return .for(
            ForLoop(
                target: target, iterable: iterable, test: test, isRecursive: isRecursive, body: body,
                otherwise: otherwise))
    }

    private mutating func parseSet(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let target = try parseTarget(until: nil, withNamespace: true)
        if skip(.assign) {
            let value = try parseTuple()
            try expectBlockEnd()
            return .set(target, value)
        }
        let filter = try parseFilterChain(nil)
        _ = skip(.colon)
        try expectBlockEnd()
        let (body, end) = parseInside("set", range, ends: ["endset"])
        try finish(end)
        return .setBlock(target, filter: filter, body: body)
    }

    private mutating func parseMacro(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let head = parseHead { parser in (try parser.expectWord(), try parser.parseSignature()) }
        let (body, end) = parseInside("macro", range, ends: ["endmacro"])
        try finish(end)
        return head.map { .macro($0.0, $0.1, body: body) }
    }

    private mutating func parseCall(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let head = parseHead { parser -> (MacroSignature, Expression) in
            let signature =
                parser.isSymbol(.leftParenthesis) ? try parser.parseSignature() : MacroSignature()
            let call = try parser.parseExpression()
            guard case .call = call.kind else { throw SyntaxError("expected a call", at: call.range) }
            return (signature, call)
        }
        let (body, end) = parseInside("call", range, ends: ["endcall"])
        try finish(end)
        return head.map { .call($0.0, call: $0.1, body: body) }
    }

    private mutating func parseFilterBlock(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let filter = parseHead { parser in try parser.parseFilterChain(nil, isInline: true) }
        let (body, end) = parseInside("filter", range, ends: ["endfilter"])
        try finish(end)
        guard let filter, let filter else { return nil }
        return .filter(filter, body: body)
    }

    private mutating func parseAutoescape(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let mode = parseHead { try $0.parseExpression() }
        let (body, end) = parseInside("autoescape", range, ends: ["endautoescape"])
        try finish(end)
        return mode.map { .autoescape($0, body: body) }
    }
}
