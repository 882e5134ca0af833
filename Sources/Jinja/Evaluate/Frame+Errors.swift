import Diagnostics

extension Frame {
    /// Gives an error the place of the innermost node that it passes through; later nodes leave it as it is.
    func located(_ error: any Error, _ range: SourceRange) -> any Error {
        if error is RenderError { return error }
        guard let error = error as? EvaluationError else {
            return RenderError(.runtime, [diagnostic(.runtime, "\(error)", range)])
        }
        let label = error.suggestion.map { "did you mean `\($0)`?" }
        return RenderError(error.kind, [diagnostic(error.kind, error.message, range, label: label)])
    }

    private func diagnostic(
        _ kind: RenderError.Kind, _ message: String, _ range: SourceRange, label: String? = nil
    ) -> Diagnostic {
        .error(kind.diagnosticID, message, at: template.source.span(range), label: label)
    }

    /// Adds where a template or macro that failed was called from. The chain is cut where it repeats itself.
    func traced(_ error: any Error, _ message: String, _ range: SourceRange) -> any Error {
        guard var error = located(error, range) as? RenderError, !error.diagnostics.isEmpty else {
            return error
        }
        guard error.diagnostics[0].notes.count < Self.longestChain else { return error }
        error.diagnostics[0].notes.append(Diagnostic.Note(message, at: template.source.span(range)))
        return error
    }

    private static let longestChain = 12
}
