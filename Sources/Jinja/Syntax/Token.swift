/// A piece of a template: text, the border of a tag, or a word inside one.
struct Token {
    /// What the piece is.
    enum Kind: UInt8 {
        case text, blockBegin, blockEnd, variableBegin, variableEnd
        case name, integer, float, string, `operator`, invalid, end
    }

    let kind: Kind
    /// The operator, where the piece is one.
    let symbol: Symbol
    /// The name, where the piece is one.
    let name: NameID
    /// The byte range in the normalised source.
    let start: Int32
    let end: Int32

    init(
        _ kind: Kind, _ start: Int, _ end: Int, symbol: Symbol = .none, name: NameID = NameID(index: -1)
    ) {
        self.kind = kind
        self.symbol = symbol
        self.name = name
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
    }

    var range: SourceRange { SourceRange(start: start, end: end) }
}

/// A byte range of the normalised source of one template.
struct SourceRange: Sendable, Equatable {
    let start: Int32
    let end: Int32

    /// From the beginning of this range to the end of another.
    func merged(with other: SourceRange) -> SourceRange {
        SourceRange(start: min(start, other.start), end: max(end, other.end))
    }
}

/// The operators and punctuation of expressions.
enum Symbol: UInt8 {
    case none
    case plus, minus, slash, floorSlash, star, percent, power, tilde
    case leftBracket, rightBracket, leftParenthesis, rightParenthesis, leftBrace, rightBrace
    case equal, notEqual, greater, greaterOrEqual, less, lessOrEqual
    case assign, dot, colon, pipe, comma, semicolon

    /// How it is written.
    var text: String {
        switch self {
        case .none: ""
        case .plus: "+"
        case .minus: "-"
        case .slash: "/"
        case .floorSlash: "//"
        case .star: "*"
        case .percent: "%"
        case .power: "**"
        case .tilde: "~"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .equal: "=="
        case .notEqual: "!="
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .less: "<"
        case .lessOrEqual: "<="
        case .assign: "="
        case .dot: "."
        case .colon: ":"
        case .pipe: "|"
        case .comma: ","
        case .semicolon: ";"
        }
    }
}
