/// What follows an operand: attributes, items, calls, filters and tests.
extension Parser {
    mutating func parsePostfix(_ operand: Expression) throws -> Expression {
        var expression = operand
        while current.kind == .operator {
            switch current.symbol {
            case .dot: expression = try parseAttribute(expression)
            case .leftBracket: expression = try parseSubscript(expression)
            case .leftParenthesis: expression = try parseCallExpression(expression)
            default: return expression
            }
        }
        return expression
    }

    mutating func parseFilters(_ operand: Expression) throws -> Expression {
        var expression = operand
        while true {
            if isSymbol(.pipe) {
                expression = try parseFilterChain(expression) ?? expression
            } else if isName("is") {
                expression = try parseTest(expression)
            } else if isSymbol(.leftParenthesis) {
                expression = try parseCallExpression(expression)
            } else {
                return expression
            }
        }
    }

    private mutating func parseAttribute(_ operand: Expression) throws -> Expression {
        advance()
        if current.kind == .integer {
            let index = try parsePrimary()
            return try make(.item(operand, index), operand.range.merged(with: index.range))
        }
        guard current.kind == .name else { throw unexpected("a name or number") }
        let name = Word(text: text(current), range: current.range)
        advance()
        return try make(.attribute(operand, name), operand.range.merged(with: name.range))
    }

    private mutating func parseSubscript(_ operand: Expression) throws -> Expression {
        advance()
        var keys: [Expression] = []
        var slice: Expression.Kind?
        while !isSymbol(.rightBracket) {
            if !keys.isEmpty || slice != nil { try expect(.comma) }
            let start: Expression? = isSymbol(.colon) ? nil : try parseExpression()
            if isSymbol(.colon) {
                slice = try parseSlice(operand, start: start)
            } else if let start {
                keys.append(start)
            }
        }
        let end = try expect(.rightBracket)
        let range = operand.range.merged(with: end)
        if let slice {
            guard keys.isEmpty else { throw SyntaxError("a slice stands alone in brackets", at: range) }
            return try make(slice, range)
        }
        if keys.count == 1 { return try make(.item(operand, keys[0]), range) }
        return try make(.item(operand, try make(.tuple(keys), range)), range)
    }

    private mutating func parseSlice(_ operand: Expression, start: Expression?) throws
        -> Expression.Kind
    {
        try expect(.colon)
        let stop = isSliceBoundEnd ? nil : try parseExpression()
        var step: Expression?
        if skip(.colon), !isSliceBoundEnd { step = try parseExpression() }
        return .slice(operand, start: start, stop: stop, step: step)
    }

    private var isSliceBoundEnd: Bool {
        isSymbol(.colon) || isSymbol(.rightBracket) || isSymbol(.comma)
    }

    private mutating func parseCallExpression(_ callee: Expression) throws -> Expression {
        let arguments = try parseArguments()
        return try make(.call(callee, arguments), callee.range.merged(with: tokens[index - 1].range))
    }

    private mutating func parseArguments() throws -> ArgumentList {
        var arguments = ArgumentList()
        try expect(.leftParenthesis)
        var needsComma = false
        while !isSymbol(.rightParenthesis) {
            if needsComma {
                try expect(.comma)
                if isSymbol(.rightParenthesis) { break }
            }
            try parseArgument(into: &arguments)
            needsComma = true
        }
        try expect(.rightParenthesis)
        return arguments
    }

    private mutating func parseArgument(into arguments: inout ArgumentList) throws {
        let start = current.range
        if skip(.star) {
            try require(arguments.star == nil && arguments.doubleStar == nil, start)
            arguments.star = try parseExpression()
        } else if skip(.power) {
            try require(arguments.doubleStar == nil, start)
            arguments.doubleStar = try parseExpression()
        } else if current.kind == .name, peek().kind == .operator, peek().symbol == .assign {
            try require(arguments.doubleStar == nil, start)
            let name = try expectWord()
            advance()
            arguments.named.append((name, try parseExpression()))
        } else {
            try require(
                arguments.star == nil && arguments.doubleStar == nil && arguments.named.isEmpty, start)
            arguments.positional.append(try parseExpression())
        }
    }

    private func require(_ isInOrder: Bool, _ range: SourceRange) throws {
        if !isInOrder {
            throw SyntaxError("positional arguments come first, then keywords, `*` and `**`", at: range)
        }
    }

    /// Filters after an operand, or the head of a filter block, which needs no `|` before its first filter.
    mutating func parseFilterChain(_ operand: Expression?, isInline: Bool = false) throws
        -> Expression?
    {
        var expression = operand
        var isInline = isInline
        while isInline || isSymbol(.pipe) {
            if !isInline { advance() }
            isInline = false
            let name = try parseDottedName()
            let arguments = isSymbol(.leftParenthesis) ? try parseArguments() : ArgumentList()
            let end = tokens[index - 1].range
            let range = (expression?.range ?? name.range).merged(with: end)
            expression = try make(.filter(expression, name, arguments), range)
        }
        return expression
    }

    private mutating func parseDottedName() throws -> Word {
        var name = try expectWord()
        while skip(.dot) {
            let part = try expectWord()
            name = Word(text: name.text + "." + part.text, range: name.range.merged(with: part.range))
        }
        return name
    }

    private mutating func parseTest(_ operand: Expression) throws -> Expression {
        advance()
        let isNegated = skip(name: "not")
        let name = try parseDottedName()
        var arguments = ArgumentList()
        if isSymbol(.leftParenthesis) {
            arguments = try parseArguments()
        } else if beginsTestArgument() {
            if isName("is") {
                throw SyntaxError("tests cannot be chained with `is`", at: current.range)
            }
            arguments.positional = [try nested { try $0.parsePostfix(try $0.parsePrimary()) }]
        }
        let range = operand.range.merged(with: tokens[index - 1].range)
        let test = try make(.test(operand, name, arguments), range)
        return isNegated ? try make(.not(test), range) : test
    }

    private func beginsTestArgument() -> Bool {
        switch current.kind {
        case .name: !(isName("else") || isName("or") || isName("and"))
        case .string, .integer, .float: true
        case .operator: current.symbol == .leftBracket || current.symbol == .leftBrace
        default: false
        }
    }
}
