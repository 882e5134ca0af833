public import Diagnostics

/// Why a workflow could not do what was asked for.
public struct WorkflowError: Error, Sendable {
    /// The kind of reason; the command line makes an exit status of it.
    public enum Cause: Sendable {
        /// The command line is wrong.
        case usage
        /// The configuration, the template or the data has errors.
        case invalidInput
        /// What is there on AWS or on the disk does not allow it; nothing was sent.
        case preflight
        /// The stack failed.
        case stackFailed
        /// The time allowed for waiting is over; the stack goes on.
        case timedOut
        /// No credentials, or settings for reaching AWS that cannot be used.
        case environment
        /// A service refused.
        case service
        /// The network, the disk, or a mistake of ours.
        case machine
    }

    /// The kind of reason.
    public let cause: Cause
    /// What happened, in one sentence; never a secret.
    public let message: String
    /// The problems, where the reason has places.
    public let diagnostics: [Diagnostic]
    /// What to do next, a line each.
    public let advice: [String]

    /// A reason in words.
    public init(_ cause: Cause, _ message: String, advice: [String] = []) {
        self.cause = cause
        self.message = message
        self.diagnostics = []
        self.advice = advice
    }

    /// A reason with an id and a place.
    public init(_ cause: Cause, _ diagnostic: Diagnostic, advice: [String] = []) {
        self.cause = cause
        self.message = diagnostic.message
        self.diagnostics = [diagnostic]
        self.advice = advice
    }

    /// Several problems, each with an id and mostly a place. The message is that of the first error.
    public init(_ cause: Cause, _ diagnostics: [Diagnostic], advice: [String] = []) {
        self.cause = cause
        self.message = (diagnostics.first { $0.severity == .error } ?? diagnostics.first)?.message ?? "several problems"
        self.diagnostics = diagnostics
        self.advice = advice
    }
}
