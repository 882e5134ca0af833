/// What follows an operand: attributes, items, calls, filters and tests.
extension Parser {
    mutating func parsePostfix(_ operand: ExpressionID) throws -> ExpressionID {
        var expression = operand
        while true {
            switch current.symbol {
            case .dot: expression = try parseAttribute(expression)
            case .leftBracket: expression = try parseSubscript(expression)
            case .leftParenthesis: expression = try parseCallExpression(expression)
            default: return expression
            }
        }
    }

    mutating func parseFilters(_ operand: ExpressionID) throws -> ExpressionID {
        var expression = operand
        while true {
            if isSymbol(.pipe) {
                expression = try parseFilterChain(expression)
            } else if isName(.is) {
                expression = try parseTest(expression)
            } else if isSymbol(.leftParenthesis) {
                expression = try parseCallExpression(expression)
            } else {
                return expression
            }
        }
    }

    private mutating func parseAttribute(_ operand: ExpressionID) throws -> ExpressionID {
        advance()
        if current.kind == .integer {
            let index = try parsePrimary()
            return try make(.item(operand, index), range(operand).merged(with: range(index)))
        }
        guard current.kind == .name else { throw unexpected("a name or number") }
        let name = current
        advance()
        return try make(.attribute(operand, name.name), range(operand).merged(with: name.range))
    }

    private mutating func parseSubscript(_ operand: ExpressionID) throws -> ExpressionID {
        advance()
        let mark = pendingExpressions.count
        var slice: SliceParts?
        while !isSymbol(.rightBracket) {
            if pendingExpressions.count > mark || slice != nil { try expect(.comma) }
            let start: ExpressionID = isSymbol(.colon) ? .none : try parseExpression()
            if isSymbol(.colon) {
                slice = try parseSlice(start: start)
            } else if start.exists {
                pendingExpressions.append(start)
            }
        }
        let end = try expect(.rightBracket)
        let range = range(operand).merged(with: end)
        let count = pendingExpressions.count - mark
        if let slice {
            guard count == 0 else { throw SyntaxError("a slice stands alone in brackets", at: range) }
            return try make(.slice(operand, tree.slices.add(slice)), range)
        }
        if count == 1, let key = pendingExpressions.popLast() { return try make(.item(operand, key), range) }
        let keys = try make(.tuple(takeExpressions(since: mark)), range)
        return try make(.item(operand, keys), range)
    }

    private mutating func parseSlice(start: ExpressionID) throws -> SliceParts {
        try expect(.colon)
        let stop: ExpressionID = isSliceBoundEnd ? .none : try parseExpression()
        var step = ExpressionID.none
        if skip(.colon), !isSliceBoundEnd { step = try parseExpression() }
        return SliceParts(start: start, stop: stop, step: step)
    }

    private var isSliceBoundEnd: Bool {
        isSymbol(.colon) || isSymbol(.rightBracket) || isSymbol(.comma)
    }

    private mutating func parseCallExpression(_ callee: ExpressionID) throws -> ExpressionID {
        let arguments = try parseArguments()
        return try make(.call(callee, arguments), range(callee).merged(with: previousRange))
    }

    private mutating func parseArguments() throws -> Ref<ArgumentList> {
        var arguments = ArgumentList()
        var named: [NamedArgument] = []
        let mark = pendingExpressions.count
        try expect(.leftParenthesis)
        var needsComma = false
        while !isSymbol(.rightParenthesis) {
            if needsComma {
                try expect(.comma)
                if isSymbol(.rightParenthesis) { break }
            }
            try parseArgument(into: &arguments, &named)
            needsComma = true
        }
        try expect(.rightParenthesis)
        arguments.positional = takeExpressions(since: mark)
        if !named.isEmpty { arguments.named = tree.namedArguments.add(named) }
        return tree.arguments.add(arguments)
    }

    private mutating func parseArgument(into arguments: inout ArgumentList, _ named: inout [NamedArgument]) throws {
        let start = current.range
        if skip(.star) {
            try require(!arguments.isSpread, start)
            arguments.star = try parseExpression()
        } else if skip(.power) {
            try require(!arguments.doubleStar.exists, start)
            arguments.doubleStar = try parseExpression()
        } else if current.kind == .name, peek().symbol == .assign {
            try require(!arguments.doubleStar.exists, start)
            let name = try expectWord()
            if named.contains(where: { $0.name.name == name.name }) {
                throw SyntaxError("keyword argument `\(tree.text(name))` is repeated", at: name.range)
            }
            advance()
            named.append(NamedArgument(name: name, value: try parseExpression()))
        } else {
            try require(!arguments.isSpread && named.isEmpty, start)
            pendingExpressions.append(try parseExpression())
        }
    }

    private func require(_ isInOrder: Bool, _ range: SourceRange) throws {
        if !isInOrder {
            throw SyntaxError("positional arguments come first, then keywords, `*` and `**`", at: range)
        }
    }

    /// Filters after an operand, or the head of a filter block, which has no operand and needs no `|` before its
    /// first filter.
    mutating func parseFilterChain(_ operand: ExpressionID, isInline: Bool = false) throws -> ExpressionID {
        var expression = operand
        var isInline = isInline
        while isInline || isSymbol(.pipe) {
            if !isInline { advance() }
            isInline = false
            let name = try parseDottedName()
            let arguments = isSymbol(.leftParenthesis) ? try parseArguments() : tree.arguments.add(ArgumentList())
            let application = Application(
                name: name, arguments: arguments, range: name.range.merged(with: previousRange))
            let start = expression.exists ? range(expression) : name.range
            expression = try make(
                .filter(expression, tree.applications.add(application)), start.merged(with: previousRange))
        }
        return expression
    }

    private mutating func parseDottedName() throws -> Word {
        var name = try expectWord()
        while skip(.dot) {
            let part = try expectWord()
            let text = tree.text(name) + "." + tree.text(part)
            let range = name.range.merged(with: part.range)
            name = Word(name: text.withBytes { tree.names.intern($0) }, range: range)
        }
        return name
    }

    private mutating func parseTest(_ operand: ExpressionID) throws -> ExpressionID {
        advance()
        let isNegated = skip(name: .not)
        let name = try parseDottedName()
        let arguments: Ref<ArgumentList>
        if isSymbol(.leftParenthesis) {
            arguments = try parseArguments()
        } else if beginsTestArgument() {
            arguments = try parseTestArgument()
        } else {
            arguments = tree.arguments.add(ArgumentList())
        }
        let range = range(operand).merged(with: previousRange)
        let application = Application(name: name, arguments: arguments, range: name.range.merged(with: previousRange))
        let test = try make(.test(operand, tree.applications.add(application)), range)
        return isNegated ? try make(.not(test), range) : test
    }

    /// The argument of a test that has no parentheses.
    private mutating func parseTestArgument() throws -> Ref<ArgumentList> {
        if isName(.is) {
            throw SyntaxError("tests cannot be chained with `is`", at: current.range)
        }
        try enter()
        defer { leave() }
        let mark = pendingExpressions.count
        pendingExpressions.append(try parsePostfix(try parsePrimary()))
        return tree.arguments.add(ArgumentList(positional: takeExpressions(since: mark)))
    }

    private func beginsTestArgument() -> Bool {
        switch current.kind {
        case .name: !(isName(.else) || isName(.or) || isName(.and))
        case .string, .integer, .float: true
        case .operator: current.symbol == .leftBracket || current.symbol == .leftBrace
        default: false
        }
    }
}
