internal import Diagnostics

/// What is told of a stack that failed: the first cause, the line of the configuration that made the resource, why such
/// things happen and what helps, and where the logs are.
struct StackFailureReport {
    let stackName: String
    let status: String
    let cause: FirstCause?
    /// Finds the configuration's line; `nil` where there is no configuration.
    let origin: ConfigOrigin?
    /// What is known of the template's resources.
    let map: TemplateMap?

    /// The failure as an error, with a place where one is known.
    func error(advice: [String]) -> WorkflowError {
        let message = "the stack \(stackName) ended in \(status)\(cause?.clause ?? "")"
        guard let cause else { return WorkflowError(.stackFailed, message, advice: advice) }
        let known = FailureCatalogue.entry(type: cause.type, reason: cause.reason)
        var notes: [Diagnostic.Note] = []
        if let known { notes.append(Diagnostic.Note("known cause: \(known.cause)")) }
        if known?.leavesLogs != false, let logs = FailureCatalogue.logs(of: cause, map) {
            notes.append(Diagnostic.Note(logs))
        }
        let span = origin?.span(of: cause.ownLogicalID, complaint: cause.reason)
        let diagnostic = Diagnostic.error(
            ProjectRule.stackFailed.rawValue, message, at: span,
            label: span == nil ? nil : "\(cause.ownLogicalID) is made from this", notes: notes,
            fix: known.map { Diagnostic.Fix($0.fix) })
        return WorkflowError(.stackFailed, diagnostic, advice: advice)
    }
}
