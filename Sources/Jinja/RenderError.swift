public import Diagnostics

/// A template could not be evaluated: what happened, where, and the chain of calls that led there.
public struct RenderError: Error, Sendable {
    /// What kind of failure, stable across releases.
    public enum Kind: String, Sendable, CaseIterable {
        /// A value that does not exist was used.
        case undefined
        /// A template that does not exist, or that the loader refused, was asked for.
        case templateNotFound
        /// The type of a value does not support the operation.
        case type
        /// A value or argument is not acceptable: division by zero, overflow, bad format.
        case value
        /// A budget of `RenderLimits` ran out.
        case limit
        /// A filter or test of an unknown name was reached.
        case unknownName
        /// Anything else that went wrong while rendering.
        case runtime
        /// A template that was included or imported has a syntax error.
        case syntax

        /// The id of diagnostics of this kind; the table is in `docs/jinja-compatibility.md`.
        public var diagnosticID: String {
            switch self {
            case .syntax: "JINJA001"
            case .unknownName: "JINJA010"
            case .undefined: "JINJA020"
            case .templateNotFound: "JINJA021"
            case .type: "JINJA022"
            case .value: "JINJA023"
            case .limit: "JINJA024"
            case .runtime: "JINJA025"
            }
        }
    }

    /// What kind of failure.
    public let kind: Kind
    /// The problem with its place, notes for the chain of includes, imports and macro calls; usually one.
    public var diagnostics: [Diagnostic]

    /// A failure at a place.
    public init(_ kind: Kind, _ diagnostics: [Diagnostic]) {
        self.kind = kind
        self.diagnostics = diagnostics
    }

    /// The first problem's sentence.
    public var message: String { diagnostics.first?.message ?? kind.rawValue }
}
