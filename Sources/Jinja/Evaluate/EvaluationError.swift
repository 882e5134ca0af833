/// A failure that does not know its place yet: the evaluator adds the innermost span.
///
/// Filters, tests and functions throw this.
public struct EvaluationError: Error, Sendable {
    /// What kind of failure.
    public let kind: RenderError.Kind
    /// One sentence without a full stop.
    public let message: String
    /// The nearest known name, where a name was not found.
    public let suggestion: String?
    /// The variable that is missing: the evaluator, which knows the others, looks for the nearest.
    let missingVariable: String?

    /// A failure of a kind.
    public init(_ kind: RenderError.Kind, _ message: String, suggestion: String? = nil) {
        self.kind = kind
        self.message = message
        self.suggestion = suggestion
        missingVariable = nil
    }

    /// The use of a variable that does not exist.
    init(missingVariable name: String, _ message: String) {
        kind = .undefined
        self.message = message
        suggestion = nil
        missingVariable = name
    }

    /// An operation that the type of a value does not support.
    public static func type(_ message: String) -> EvaluationError { EvaluationError(.type, message) }

    /// An argument or value that is not acceptable.
    public static func value(_ message: String) -> EvaluationError {
        EvaluationError(.value, message)
    }

    /// A budget that ran out.
    public static func limit(_ message: String) -> EvaluationError {
        EvaluationError(.limit, message)
    }
}
