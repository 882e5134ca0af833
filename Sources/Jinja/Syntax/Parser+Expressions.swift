/// Expressions, by precedence climbing. The levels are Jinja2's, loosest first.
extension Parser {
    enum Precedence: Int {
        case or, and, not, comparison, sum, concatenation, product, power

        var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
    }

    /// An expression with an optional inline condition.
    mutating func parseExpression(withConditional: Bool = true) throws -> ExpressionID {
        try enter()
        defer { leave() }
        var expression = try parseBinary(.or)
        while withConditional, skip(name: .if) {
            let test = try parseBinary(.or)
            let otherwise = skip(name: .else) ? try parseExpression() : .none
            let end = range(otherwise.exists ? otherwise : test)
            expression = try make(
                .conditional(test: test, then: expression, otherwise: otherwise),
                range(expression).merged(with: end))
        }
        return expression
    }

    private mutating func parseBinary(_ minimum: Precedence) throws -> ExpressionID {
        var left: ExpressionID
        if minimum.rawValue <= Precedence.not.rawValue, isName(.not) {
            let start = current.range
            advance()
            try enter()
            defer { leave() }
            let operand = try parseBinary(.not)
            left = try make(.not(operand), start.merged(with: range(operand)))
        } else {
            left = try parseUnary()
        }
        while let precedence = currentPrecedence(), precedence.rawValue >= minimum.rawValue {
            left = try parseOperation(precedence, left)
        }
        return left
    }

    private func currentPrecedence() -> Precedence? {
        let token = current
        switch token.kind {
        case .operator:
            switch token.symbol {
            case .plus, .minus: return .sum
            case .star, .slash, .floorSlash, .percent: return .product
            case .power: return .power
            case .tilde: return .concatenation
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return .comparison
            default: return nil
            }
        case .name:
            if isName(.or, token) { return .or }
            if isName(.and, token) { return .and }
            if isName(.in, token) || (isName(.not, token) && isName(.in, peek())) { return .comparison }
            return nil
        default: return nil
        }
    }

    private mutating func parseOperation(_ precedence: Precedence, _ left: ExpressionID) throws
        -> ExpressionID
    {
        switch precedence {
        case .comparison: return try parseComparison(left)
        case .concatenation: return try parseConcatenation(left)
        case .or, .and:
            advance()
            let right = try parseBinary(precedence.next)
            let range = range(left).merged(with: range(right))
            return try make(precedence == .or ? .or(left, right) : .and(left, right), range)
        default:
            let operation = ArithmeticOperator(current.symbol)
            advance()
            // A power is its own tightest level and associates to the left, as Jinja2 compiles it.
            let right = precedence == .power ? try parseUnary() : try parseBinary(precedence.next)
            return try make(.arithmetic(operation, left, right), range(left).merged(with: range(right)))
        }
    }

    private mutating func parseComparison(_ first: ExpressionID) throws -> ExpressionID {
        let mark = pendingExpressions.count
        var operators: [ComparisonOperator] = []
        pendingExpressions.append(first)
        var last = first
        var whole = range(first)
        while let operation = comparisonOperator() {
            advance()
            if operation == .notContained { advance() }
            let operand = try parseBinary(.sum)
            whole = whole.merged(with: range(operand))
            if operators.isEmpty, comparisonOperator() == nil {
                pendingExpressions.removeSubrange(mark...)
                return try make(.compare(operation, first, operand), whole)
            }
            operators.append(operation)
            pendingExpressions.append(operand)
            last = operand
        }
        guard last != first else { return first }
        let operands = takeExpressions(since: mark)
        let chain = tree.chains.add(ComparisonChain(operands: operands, operators: tree.operators.add(operators)))
        return try make(.chain(chain), whole)
    }

    private func comparisonOperator() -> ComparisonOperator? {
        let token = current
        if token.kind == .name {
            if isName(.in, token) { return .contained }
            return isName(.not, token) && isName(.in, peek()) ? .notContained : nil
        }
        switch token.symbol {
        case .equal: return .equal
        case .notEqual: return .notEqual
        case .less: return .less
        case .lessOrEqual: return .lessOrEqual
        case .greater: return .greater
        case .greaterOrEqual: return .greaterOrEqual
        default: return nil
        }
    }

    private mutating func parseConcatenation(_ first: ExpressionID) throws -> ExpressionID {
        let mark = pendingExpressions.count
        var last = first
        pendingExpressions.append(first)
        while skip(.tilde) {
            last = try parseBinary(.product)
            pendingExpressions.append(last)
        }
        let parts = takeExpressions(since: mark)
        return try make(.concatenate(parts, .none), range(first).merged(with: range(last)))
    }

    private mutating func parseUnary(withFilter: Bool = true) throws -> ExpressionID {
        var expression: ExpressionID
        let token = current
        if token.symbol == .minus || token.symbol == .plus {
            advance()
            try enter()
            defer { leave() }
            let operand = try parseUnary(withFilter: false)
            expression = try make(
                token.symbol == .minus ? .negate(operand) : .plus(operand), token.range.merged(with: range(operand)))
        } else {
            expression = try parsePrimary()
        }
        expression = try parsePostfix(expression)
        return withFilter ? try parseFilters(expression) : expression
    }

    mutating func parsePrimary() throws -> ExpressionID {
        let token = current
        switch token.kind {
        case .name:
            let word = try expectWord()
            if let constant = Self.literal(word.name) { return make(constant, word.range) }
            mentions.formUnion(SpecialNames(word.name))
            return try make(.name(word.name), word.range)
        case .string: return try parseStrings()
        case .integer: return try parseInteger()
        case .float:
            advance()
            let digits = text(token).filter { $0 != "_" }
            return make(.double(Double(digits) ?? .infinity), token.range)
        case .operator where token.symbol == .leftParenthesis:
            advance()
            let inner = tree.expressions[try parseTuple(isParenthesized: true)]
            let end = try expect(.rightParenthesis)
            return tree.expressions.add(
                Expression(kind: inner.kind, range: token.range.merged(with: end), depth: inner.depth))
        case .operator where token.symbol == .leftBracket: return try parseList()
        case .operator where token.symbol == .leftBrace: return try parseDict()
        default: throw unexpected("an expression")
        }
    }

    private static func literal(_ name: NameID) -> Constant? {
        switch Keyword(rawValue: name.index) {
        case .lowerTrue, .upperTrue: .bool(true)
        case .lowerFalse, .upperFalse: .bool(false)
        case .lowerNone, .upperNone: Constant.none
        default: nil
        }
    }

    private mutating func parseInteger() throws -> ExpressionID {
        let token = current
        advance()
        var digits = text(token).filter { $0 != "_" }.lowercased()
        var radix = 10
        for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            digits.removeFirst(2)
            radix = base
        }
        guard let number = Int(digits, radix: radix) else {
            throw SyntaxError("integer does not fit 64 bits", at: token.range)
        }
        return make(.int(number), token.range)
    }

    private mutating func parseStrings() throws -> ExpressionID {
        var range = current.range
        var value = try parseString()
        while current.kind == .string {
            range = range.merged(with: current.range)
            value += try parseString()
        }
        return make(.string(value), range)
    }

    private mutating func parseString() throws -> String {
        let token = current
        advance()
        let content = source.bytes[(Int(token.start) + 1)..<(Int(token.end) - 1)]
        return try StringLiteral.decode(content, at: token.range)
    }

    /// Expressions separated by commas are a tuple; a single one is itself.
    mutating func parseTuple(
        withConditional: Bool = true, until keyword: Keyword? = nil, isParenthesized: Bool = false
    ) throws -> ExpressionID {
        let start = current.range
        let mark = pendingExpressions.count
        var isTuple = false
        while true {
            if pendingExpressions.count > mark { try expect(.comma) }
            if isTupleEnd(keyword) { break }
            let item = try parseExpression(withConditional: withConditional)
            if !isTuple, !isSymbol(.comma) { return item }
            pendingExpressions.append(item)
            guard isSymbol(.comma) else { break }
            isTuple = true
        }
        guard isTuple || isParenthesized else { throw unexpected("an expression") }
        let items = takeExpressions(since: mark)
        return try make(.tuple(items), start.merged(with: previousRange))
    }

    private func isTupleEnd(_ keyword: Keyword?) -> Bool {
        if current.kind == .variableEnd || current.kind == .blockEnd || isSymbol(.rightParenthesis) {
            return true
        }
        return keyword.map { isName($0) } ?? false
    }

    private mutating func parseList() throws -> ExpressionID {
        let start = try expect(.leftBracket)
        let mark = pendingExpressions.count
        while !isSymbol(.rightBracket) {
            if pendingExpressions.count > mark { try expect(.comma) }
            if isSymbol(.rightBracket) { break }
            pendingExpressions.append(try parseExpression())
        }
        let items = takeExpressions(since: mark)
        return try make(.list(items), start.merged(with: try expect(.rightBracket)))
    }

    private mutating func parseDict() throws -> ExpressionID {
        let start = try expect(.leftBrace)
        let mark = pendingExpressions.count
        while !isSymbol(.rightBrace) {
            if pendingExpressions.count > mark { try expect(.comma) }
            if isSymbol(.rightBrace) { break }
            let key = try parseExpression()
            try expect(.colon)
            pendingExpressions.append(key)
            pendingExpressions.append(try parseExpression())
        }
        let items = takeExpressions(since: mark)
        return try make(.dict(items), start.merged(with: try expect(.rightBrace)))
    }
}

extension ArithmeticOperator {
    /// The operator that a symbol stands for.
    fileprivate init(_ symbol: Symbol) {
        self =
            switch symbol {
            case .minus: .subtract
            case .star: .multiply
            case .slash: .divide
            case .floorSlash: .floorDivide
            case .percent: .modulo
            case .power: .power
            default: .add
            }
    }
}
