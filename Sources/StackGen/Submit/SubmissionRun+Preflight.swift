internal import AWS
internal import Diagnostics
internal import StackSchemas

extension SubmissionRun {
    /// Asks what only AWS knows, before anything is recorded or sent.
    /// - Parameter stack: the stack that is to be changed, of which only what is added is judged; `nil` for a new one.
    /// - Throws: `WorkflowError` with what would keep the stack from coming up.
    func check(_ compilation: Compilation, _ caller: Caller, updating stack: Stack?) async throws {
        guard request.checksBefore, compilation.config.hosted == nil else { return }
        let report = try await Preflight.check(
            compilation, caller.client, host, updating: stack, importsExisting: request.importsExisting)
        progress(.preflight(report))
        try report.require()
    }
}
