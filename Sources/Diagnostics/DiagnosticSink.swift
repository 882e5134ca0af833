/// Collects problems, so that a phase reports all of them and not only the first.
public struct DiagnosticSink: Sendable {
    /// What was reported so far, in the order of reporting.
    public private(set) var diagnostics: [Diagnostic] = []

    /// An empty collection.
    public init() {}

    /// Adds one problem.
    public mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Adds several problems.
    public mutating func report(contentsOf more: some Sequence<Diagnostic>) {
        diagnostics.append(contentsOf: more)
    }

    /// Whether an error was reported.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

extension Sequence where Element == Diagnostic {
    /// By file name, place, then id: the order in which a person reads them. Problems without a place come first.
    public func sortedByPlace() -> [Diagnostic] {
        sorted { first, second in
            guard let one = first.span else { return second.span != nil }
            guard let other = second.span else { return false }
            if one.file !== other.file, one.file.name != other.file.name { return one.file.name < other.file.name }
            if one.range.lowerBound != other.range.lowerBound { return one.range.lowerBound < other.range.lowerBound }
            return first.id < second.id
        }
    }
}

/// Several problems thrown as one error.
public struct DiagnosticError: Error, Sendable {
    /// The problems, at least one of them an error.
    public let diagnostics: [Diagnostic]

    /// Throws these problems together.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// Throws one problem.
    public init(_ diagnostic: Diagnostic) {
        self.diagnostics = [diagnostic]
    }
}
