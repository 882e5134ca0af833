/// Expressions, by precedence climbing. The levels are Jinja2's, loosest first.
extension Parser {
    enum Precedence: Int {
        case or, and, not, comparison, sum, concatenation, product, power

        var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
    }

    /// An expression with an optional inline condition.
    mutating func parseExpression(withConditional: Bool = true) throws -> Expression {
        try nested { parser in
            var expression = try parser.parseBinary(.or)
            while withConditional, parser.skip(name: "if") {
                let test = try parser.parseBinary(.or)
                let otherwise = parser.skip(name: "else") ? try parser.parseExpression() : nil
                let end = (otherwise ?? test).range
                expression = try parser.make(
                    .conditional(test: test, then: expression, otherwise: otherwise),
                    expression.range.merged(with: end))
            }
            return expression
        }
    }

    private mutating func parseBinary(_ minimum: Precedence) throws -> Expression {
        var left: Expression
        if minimum.rawValue <= Precedence.not.rawValue, isName("not") {
            let start = current.range
            advance()
            let operand = try nested { try $0.parseBinary(.not) }
            left = try make(.not(operand), start.merged(with: operand.range))
        } else {
            left = try parseUnary()
        }
        while let precedence = currentPrecedence(), precedence.rawValue >= minimum.rawValue {
            left = try parseOperation(precedence, left)
        }
        return left
    }

    private func currentPrecedence() -> Precedence? {
        switch current.kind {
        case .operator:
            switch current.symbol {
            case .plus, .minus: return .sum
            case .star, .slash, .floorSlash, .percent: return .product
            case .power: return .power
            case .tilde: return .concatenation
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return .comparison
            default: return nil
            }
        case .name:
            if isName("or") { return .or }
            if isName("and") { return .and }
            if isName("in") || (isName("not") && isName("in", peek())) { return .comparison }
            return nil
        default: return nil
        }
    }

    private mutating func parseOperation(_ precedence: Precedence, _ left: Expression) throws
        -> Expression
    {
        switch precedence {
        case .comparison: return try parseComparison(left)
        case .concatenation: return try parseConcatenation(left)
        case .or, .and:
            advance()
            let right = try parseBinary(precedence.next)
            let range = left.range.merged(with: right.range)
            return try make(precedence == .or ? .or(left, right) : .and(left, right), range)
        default:
            let operation = ArithmeticOperator(rawValue: current.symbol.text) ?? .add
            advance()
            // A power is its own tightest level and associates to the left, as Jinja2 compiles it.
            let right = precedence == .power ? try parseUnary() : try parseBinary(precedence.next)
            return try make(.arithmetic(operation, left, right), left.range.merged(with: right.range))
        }
    }

    private mutating func parseComparison(_ first: Expression) throws -> Expression {
        var rest: [(operation: ComparisonOperator, operand: Expression)] = []
        var range = first.range
        while let operation = comparisonOperator() {
            advance()
            if operation == .notContained { advance() }
            let operand = try parseBinary(.sum)
            rest.append((operation, operand))
            range = range.merged(with: operand.range)
        }
        return try make(.compare(first, rest), range)
    }

    private func comparisonOperator() -> ComparisonOperator? {
        if isName("in") { return .contained }
        if isName("not"), isName("in", peek()) { return .notContained }
        guard current.kind == .operator else { return nil }
        return ComparisonOperator(rawValue: current.symbol.text)
    }

    private mutating func parseConcatenation(_ first: Expression) throws -> Expression {
        var parts = [first]
        while skip(.tilde) { parts.append(try parseBinary(.product)) }
        return try make(.concatenate(parts), first.range.merged(with: parts[parts.count - 1].range))
    }

    private mutating func parseUnary(withFilter: Bool = true) throws -> Expression {
        var expression: Expression
        if isSymbol(.minus) || isSymbol(.plus) {
            let isMinus = isSymbol(.minus)
            let start = current.range
            advance()
            let operand = try nested { try $0.parseUnary(withFilter: false) }
            expression = try make(
                isMinus ? .negate(operand) : .plus(operand), start.merged(with: operand.range))
        } else {
            expression = try parsePrimary()
        }
        expression = try parsePostfix(expression)
        return withFilter ? try parseFilters(expression) : expression
    }

    mutating func parsePrimary() throws -> Expression {
        let token = current
        switch token.kind {
        case .name:
            let word = try expectWord()
            return Expression(Self.literal(word.text) ?? .name(word.text), word.range)
        case .string: return try parseStrings()
        case .integer: return try parseInteger()
        case .float:
            advance()
            let digits = text(token).filter { $0 != "_" }
            return Expression(.constant(.double(Double(digits) ?? .infinity)), token.range)
        case .operator where token.symbol == .leftParenthesis:
            advance()
            let expression = try parseTuple(isParenthesized: true)
            let end = try expect(.rightParenthesis)
            return Expression(expression.kind, token.range.merged(with: end))
        case .operator where token.symbol == .leftBracket: return try parseList()
        case .operator where token.symbol == .leftBrace: return try parseDict()
        default: throw unexpected("an expression")
        }
    }

    private static func literal(_ name: String) -> Expression.Kind? {
        switch name {
        case "true", "True": .constant(.bool(true))
        case "false", "False": .constant(.bool(false))
        case "none", "None": .constant(.none)
        default: nil
        }
    }

    private mutating func parseInteger() throws -> Expression {
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
        return Expression(.constant(.int(number)), token.range)
    }

    private mutating func parseStrings() throws -> Expression {
        var range = current.range
        var value = ""
        while current.kind == .string {
            let token = current
            range = range.merged(with: token.range)
            let content = source.bytes[(Int(token.start) + 1)..<(Int(token.end) - 1)]
            value += try StringLiteral.decode(content, at: token.range)
            advance()
        }
        return Expression(.constant(.string(value)), range)
    }

    /// Expressions separated by commas are a tuple; a single one is itself.
    mutating func parseTuple(
        withConditional: Bool = true, until keyword: String? = nil, isParenthesized: Bool = false
    ) throws -> Expression {
        let start = current.range
        var items: [Expression] = []
        var isTuple = false
        while true {
            if !items.isEmpty { try expect(.comma) }
            if isTupleEnd(keyword) { break }
            items.append(try parseExpression(withConditional: withConditional))
            guard isSymbol(.comma) else { break }
            isTuple = true
        }
        if !isTuple {
            if let item = items.first { return item }
            guard isParenthesized else { throw unexpected("an expression") }
        }
        return try make(.tuple(items), start.merged(with: tokens[max(0, index - 1)].range))
    }

    private func isTupleEnd(_ keyword: String?) -> Bool {
        if current.kind == .variableEnd || current.kind == .blockEnd || isSymbol(.rightParenthesis) {
            return true
        }
        return keyword.map { isName($0) } ?? false
    }

    private mutating func parseList() throws -> Expression {
        let start = try expect(.leftBracket)
        var items: [Expression] = []
        while !isSymbol(.rightBracket) {
            if !items.isEmpty { try expect(.comma) }
            if isSymbol(.rightBracket) { break }
            items.append(try parseExpression())
        }
        return try make(.list(items), start.merged(with: try expect(.rightBracket)))
    }

    private mutating func parseDict() throws -> Expression {
        let start = try expect(.leftBrace)
        var pairs: [(key: Expression, value: Expression)] = []
        while !isSymbol(.rightBrace) {
            if !pairs.isEmpty { try expect(.comma) }
            if isSymbol(.rightBrace) { break }
            let key = try parseExpression()
            try expect(.colon)
            pairs.append((key, try parseExpression()))
        }
        return try make(.dict(pairs), start.merged(with: try expect(.rightBrace)))
    }
}
