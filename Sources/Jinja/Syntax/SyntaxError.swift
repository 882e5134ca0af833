/// A problem of the syntax, thrown inside lexer and parser.
struct SyntaxError: Error {
    let id: String
    let message: String
    let range: SourceRange
    var label: String?
    var suggestion: String?
    /// A related place and what is said of it.
    var related: (message: String, range: SourceRange)?

    init(
        _ message: String, at range: SourceRange, id: String = ProblemID.syntax, label: String? = nil,
        suggestion: String? = nil, related: (String, SourceRange)? = nil
    ) {
        self.id = id
        self.message = message
        self.range = range
        self.label = label
        self.suggestion = suggestion
        self.related = related.map { (message: $0.0, range: $0.1) }
    }
}
