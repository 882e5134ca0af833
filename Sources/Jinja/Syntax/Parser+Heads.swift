/// The tags with a more particular head: blocks, `with`, imports, signatures and assignment targets.
extension Parser {
    mutating func parseWith(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let head = parseHead { parser in
            var assignments: [(target: Target, value: Expression)] = []
            while parser.current.kind != .blockEnd, !parser.isSymbol(.colon) {
                if !assignments.isEmpty { try parser.expect(.comma) }
                let target = try parser.parseTarget(until: nil)
                try parser.expect(.assign)
                assignments.append((target, try parser.parseExpression()))
            }
            return assignments
        }
        let (body, end) = parseInside("with", range, ends: ["endwith"])
        try finish(end)
        return head.map { .with($0, body: body) }
    }

    mutating func parseBlock(_ range: SourceRange) throws -> Statement.Kind? {
        advance()
        let head = parseHead { parser -> (Word, Bool, Bool) in
            let name = try parser.expectWord()
            let isScoped = parser.skip(name: "scoped")
            let isRequired = parser.skip(name: "required")
            if parser.isSymbol(.minus) {
                throw SyntaxError(
                    "block names cannot contain hyphens", at: parser.current.range, label: "use an underscore"
                )
            }
            return (name, isScoped, isRequired)
        }
        let (body, end) = parseInside("block", range, ends: ["endblock"])
        if end != nil, let name = head?.0.text { _ = skip(name: name) }
        try finish(end)
        guard let (name, isScoped, isRequired) = head else { return nil }
        if isRequired { try requireBlank(body) }
        return .block(
            BlockStatement(name: name, isScoped: isScoped, isRequired: isRequired, body: body))
    }

    private mutating func requireBlank(_ body: [Statement]) throws {
        for statement in body {
            if case .text = statement.kind,
                source.text(statement.range).unicodeScalars.allSatisfy(\.isPythonSpace)
            {
                continue
            }
            record(
                SyntaxError(
                    "a required block can only contain comments or white space", at: statement.range))
        }
    }

    mutating func parseInclude() throws -> Statement.Kind {
        advance()
        let template = try parseExpression()
        var ignoreMissing = false
        if isName("ignore"), isName("missing", peek()) {
            advance()
            advance()
            ignoreMissing = true
        }
        return .include(
            template, ignoreMissing: ignoreMissing, withContext: parseContextClause() ?? true)
    }

    mutating func parseImport() throws -> Statement.Kind {
        advance()
        let template = try parseExpression()
        try expect(name: "as")
        let name = try expectWord()
        return .import(template, as: name, withContext: parseContextClause() ?? false)
    }

    /// `with context` or `without context`, where it stands.
    private mutating func parseContextClause() -> Bool? {
        guard isName("with") || isName("without"), isName("context", peek()) else { return nil }
        let isWith = isName("with")
        advance()
        advance()
        return isWith
    }

    mutating func parseFromImport() throws -> Statement.Kind {
        advance()
        let template = try parseExpression()
        try expect(name: "import")
        var names: [(name: Word, alias: Word)] = []
        while true {
            if !names.isEmpty { try expect(.comma) }
            if let withContext = parseContextClause() {
                return .fromImport(template, names: names, withContext: withContext)
            }
            let name = try expectWord()
            if name.text.hasPrefix("_") {
                throw SyntaxError("names that begin with an underscore cannot be imported", at: name.range)
            }
            let alias = skip(name: "as") ? try expectWord() : name
            names.append((name, alias))
            if let withContext = parseContextClause() {
                return .fromImport(template, names: names, withContext: withContext)
            }
            if !isSymbol(.comma) { return .fromImport(template, names: names, withContext: false) }
        }
    }

    mutating func parsePrint() throws -> Statement.Kind {
        advance()
        var expressions: [Expression] = []
        while current.kind != .blockEnd {
            if !expressions.isEmpty { try expect(.comma) }
            expressions.append(try parseExpression())
        }
        return .print(expressions)
    }

    /// `(name, name=default, …)`.
    mutating func parseSignature() throws -> MacroSignature {
        var signature = MacroSignature()
        try expect(.leftParenthesis)
        while !isSymbol(.rightParenthesis) {
            if !signature.parameters.isEmpty { try expect(.comma) }
            let name = try parseParameterName()
            if skip(.assign) {
                signature.defaults.append(try parseExpression())
            } else if !signature.defaults.isEmpty {
                throw SyntaxError(
                    "a parameter without a default follows one with a default", at: name.range)
            }
            signature.parameters.append(name)
        }
        try expect(.rightParenthesis)
        return signature
    }

    private mutating func parseParameterName() throws -> Word {
        let word = try expectWord()
        if Self.literalNames.contains(word.text) { throw cannotAssign(to: word) }
        return word
    }

    static let literalNames: Set<String> = ["true", "false", "none", "True", "False", "None"]

    private func cannotAssign(to word: Word) -> SyntaxError {
        SyntaxError("cannot assign to `\(word.text)`", at: word.range)
    }

    /// Names, possibly several and nested in parentheses, up to a keyword, `=` or the end of the tag.
    mutating func parseTarget(until keyword: String?, withNamespace: Bool = false) throws -> Target {
        let start = current.range
        var targets: [Target] = []
        var isTuple = false
        while true {
            if !targets.isEmpty { try expect(.comma) }
            if isTargetEnd(keyword) { break }
            targets.append(try parseSingleTarget(withNamespace: withNamespace))
            guard isSymbol(.comma) else { break }
            isTuple = true
        }
        if !isTuple, let target = targets.first { return target }
        guard !targets.isEmpty else { throw unexpected("a name") }
        return .tuple(targets, start.merged(with: tokens[max(0, index - 1)].range))
    }

    private func isTargetEnd(_ keyword: String?) -> Bool {
        if current.kind == .blockEnd || isSymbol(.rightParenthesis) || isSymbol(.assign) { return true }
        return keyword.map { isName($0) } ?? false
    }

    private mutating func parseSingleTarget(withNamespace: Bool) throws -> Target {
        if isSymbol(.leftParenthesis) {
            return try nested { parser in
                parser.advance()
                let target = try parser.parseTarget(until: nil, withNamespace: withNamespace)
                try parser.expect(.rightParenthesis)
                return target
            }
        }
        let name = try expectWord()
        if Self.literalNames.contains(name.text) { throw cannotAssign(to: name) }
        guard withNamespace, skip(.dot) else { return .name(name) }
        return .attribute(namespace: name, attribute: try expectWord())
    }
}
