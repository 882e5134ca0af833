public import Diagnostics

/// A template that cannot be compiled: every problem found in it, in the order of the text.
public struct TemplateError: Error, Sendable {
    /// What is wrong, at least one problem.
    public let diagnostics: [Diagnostic]

    /// Problems of one template.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// The first problem's sentence.
    public var message: String { diagnostics.first?.message ?? "invalid template" }
}

/// The stable ids of compile-time problems.
enum ProblemID {
    static let syntax = "JINJA001"
    static let unclosed = "JINJA002"
    static let unknownTag = "JINJA003"
    static let duplicateBlock = "JINJA004"
    static let nesting = "JINJA005"
    static let encoding = "JINJA006"
    static let unknownName = "JINJA010"
    static let arguments = "JINJA011"
}
