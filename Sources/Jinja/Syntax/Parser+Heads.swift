/// The tags with a more particular head: blocks, `with`, imports, signatures and assignment targets.
extension Parser {
    mutating func parseWith(_ range: SourceRange) throws -> StatementID? {
        advance()
        let head = parseHead { parser in
            var assignments: [Assignment] = []
            while parser.current.kind != .blockEnd, !parser.isSymbol(.colon) {
                if !assignments.isEmpty { try parser.expect(.comma) }
                let target = try parser.parseTarget(until: nil)
                try parser.expect(.assign)
                assignments.append(Assignment(target: target, value: try parser.parseExpression()))
            }
            return assignments
        }
        let (body, end) = parseInside(.with, range, ends: [.endwith])
        try finish(end)
        guard let assignments = head else { return nil }
        let statement = WithStatement(assignments: tree.assignments.add(assignments), body: body)
        let deepest = assignments.reduce(body.depth) { max($0, depth($1.value)) }
        return add(.with(tree.withStatements.add(statement)), range, depth: deepest + 1)
    }

    mutating func parseBlock(_ range: SourceRange) throws -> StatementID? {
        advance()
        let head = parseHead { parser -> Ref<BlockStatement> in
            let name = try parser.expectWord()
            let isScoped = parser.skip(name: .scoped)
            let isRequired = parser.skip(name: .required)
            if parser.isSymbol(.minus) {
                throw SyntaxError(
                    "block names cannot contain hyphens", at: parser.current.range, label: "use an underscore"
                )
            }
            if isScoped { parser.tree.hasScopedBlock = true }
            return parser.tree.blocks.add(
                BlockStatement(name: name, isScoped: isScoped, isRequired: isRequired))
        }
        let (body, end) = parseInside(.block, range, ends: [.endblock], role: .barrier)
        if end != nil, let head, current.name == tree.blocks[head].name.name { advance() }
        try finish(end)
        guard let head else { return nil }
        if tree.blocks[head].isRequired { requireBlank(body) }
        tree.blocks[head].body = body
        return add(.block(head), range, depth: 1)
    }

    private mutating func requireBlank(_ body: Body) {
        for statement in tree.statementLists[body.statements] {
            let statement = tree.statements[statement]
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

    mutating func parseInclude(_ range: SourceRange) throws -> StatementID {
        advance()
        let template = try parseExpression()
        let ignoresMissing = isName(.ignore) && isName(.missing, peek())
        if ignoresMissing {
            advance()
            advance()
        }
        let statement = IncludeStatement(
            template: template, ignoresMissing: ignoresMissing, withContext: parseContextClause() ?? true)
        return add(.include(tree.includes.add(statement)), range, depth: depth(template) + 1)
    }

    mutating func parseImport(_ range: SourceRange) throws -> StatementID {
        advance()
        let template = try parseExpression()
        try expect(name: .as)
        let name = try expectWord()
        let statement = ImportStatement(
            template: template, module: name, members: .empty, withContext: parseContextClause() ?? false)
        return add(.import(tree.imports.add(statement)), range, depth: depth(template) + 1)
    }

    /// `with context` or `without context`, where it stands.
    private mutating func parseContextClause() -> Bool? {
        guard isName(.with) || isName(.without), isName(.context, peek()) else { return nil }
        let isWith = isName(.with)
        advance()
        advance()
        return isWith
    }

    mutating func parseFromImport(_ range: SourceRange) throws -> StatementID {
        advance()
        let template = try parseExpression()
        try expect(name: .import)
        var members: [ImportStatement.Member] = []
        var withContext: Bool?
        while true {
            if !members.isEmpty { try expect(.comma) }
            withContext = parseContextClause()
            if withContext != nil { break }
            members.append(try parseImportedName())
            withContext = parseContextClause()
            if withContext != nil || !isSymbol(.comma) { break }
        }
        let statement = ImportStatement(
            template: template, module: nil, members: tree.importMembers.add(members),
            withContext: withContext ?? false)
        return add(.import(tree.imports.add(statement)), range, depth: depth(template) + 1)
    }

    private mutating func parseImportedName() throws -> ImportStatement.Member {
        let name = try expectWord()
        if tree.text(name).hasPrefix("_") {
            throw SyntaxError("names that begin with an underscore cannot be imported", at: name.range)
        }
        return ImportStatement.Member(name: name, alias: skip(name: .as) ? try expectWord() : name)
    }

    mutating func parsePrint(_ range: SourceRange) throws -> StatementID {
        advance()
        var outputs: [StatementID] = []
        var deepest: Int32 = 0
        while current.kind != .blockEnd {
            if !outputs.isEmpty { try expect(.comma) }
            let expression = try parseExpression()
            let output = add(.output(expression, nil), self.range(expression), depth: depth(expression) + 1)
            deepest = max(deepest, depth(expression) + 1)
            outputs.append(output)
        }
        let body = Body(statements: tree.statementLists.add(outputs), depth: deepest + 1)
        return add(.print(body), range, depth: body.depth + 1)
    }

    /// `(name, name=default, …)`.
    mutating func parseSignature() throws -> Run<Parameter> {
        var parameters: [Parameter] = []
        try expect(.leftParenthesis)
        while !isSymbol(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let name = try parseParameterName()
            if parameters.contains(where: { $0.name.name == name.name }) {
                throw SyntaxError("parameter `\(tree.text(name))` is declared twice", at: name.range)
            }
            var value = ExpressionID.none
            if skip(.assign) {
                value = try parseExpression()
            } else if let last = parameters.last, last.defaultValue.exists {
                throw SyntaxError(
                    "a parameter without a default follows one with a default", at: name.range)
            }
            parameters.append(Parameter(name: name, defaultValue: value))
        }
        try expect(.rightParenthesis)
        return tree.parameters.add(parameters)
    }

    private mutating func parseParameterName() throws -> Word {
        let word = try expectWord()
        if Self.isLiteral(word.name) { throw cannotAssign(to: word) }
        return word
    }

    private static func isLiteral(_ name: NameID) -> Bool {
        (Keyword.lowerTrue.rawValue...Keyword.upperNone.rawValue).contains(name.index)
    }

    private func cannotAssign(to word: Word) -> SyntaxError {
        SyntaxError("cannot assign to `\(tree.text(word))`", at: word.range)
    }

    /// Names, possibly several and nested in parentheses, up to a keyword, `=` or the end of the tag.
    mutating func parseTarget(until keyword: Keyword?, withNamespace: Bool = false) throws -> Ref<Target> {
        let start = current.range
        var targets: [Ref<Target>] = []
        var isTuple = false
        while true {
            if isTuple { try expect(.comma) }
            if isTargetEnd { break }
            // As in Jinja2, whose `for` takes a keyword behind a comma for another name.
            if let keyword, isTuple, isName(keyword) { throw unexpected("a name") }
            let target = try parseSingleTarget(withNamespace: withNamespace)
            if !isTuple, !isSymbol(.comma) { return target }
            targets.append(target)
            guard isSymbol(.comma) else { break }
            isTuple = true
        }
        guard !targets.isEmpty else { throw unexpected("a name") }
        return tree.targets.add(.tuple(tree.targetLists.add(targets), start.merged(with: previousRange)))
    }

    private var isTargetEnd: Bool {
        current.kind == .blockEnd || isSymbol(.rightParenthesis) || isSymbol(.assign)
    }

    private mutating func parseSingleTarget(withNamespace: Bool) throws -> Ref<Target> {
        if isSymbol(.leftParenthesis) {
            try enter()
            defer { leave() }
            advance()
            let target = try parseTarget(until: nil, withNamespace: withNamespace)
            try expect(.rightParenthesis)
            return target
        }
        let name = try expectWord()
        if Self.isLiteral(name.name) { throw cannotAssign(to: name) }
        guard withNamespace, skip(.dot) else {
            if name.name == NameID(.loop) { tree.assignsLoop = true }
            return tree.targets.add(.name(name))
        }
        let namespace = try make(.name(name.name), name.range)
        let attribute = try expectWord()
        return tree.targets.add(
            .attribute(namespace: namespace, attribute: attribute.name, name.range.merged(with: attribute.range)))
    }
}
