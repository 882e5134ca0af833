import Diagnostics

extension Frame {
    /// Gives an error the place of the innermost node that it passes through; later nodes leave it as it is.
    func located(_ error: any Error, _ range: SourceRange) -> any Error {
        if error is RenderError { return error }
        guard let error = error as? EvaluationError else {
            return RenderError(.runtime, [diagnostic(.runtime, "\(error)", range)])
        }
        let suggestion = error.suggestion ?? error.missingVariable.flatMap { nearestVariable(to: $0) }
        let label = suggestion.map { "did you mean `\($0)`?" }
        return RenderError(error.kind, [diagnostic(error.kind, error.message, range, label: label)])
    }

    /// The most similar name among those of the context, of the environment and of the template itself.
    private func nearestVariable(to name: String) -> String? {
        var known = state.environment.registry.globalNames
        known.formUnion(context.flattened().keys.compactMap(\.stringValue))
        for index in 0..<template.tree.targets.count {
            template.tree.forEachName(Ref(index: Int32(index))) { known.insert(template.tree.text($0)) }
        }
        for index in 0..<template.tree.parameters.count {
            known.insert(template.tree.text(template.tree.parameters[index].name))
        }
        known.remove(name)
        return Suggestions.nearest(name, known.sorted())
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
