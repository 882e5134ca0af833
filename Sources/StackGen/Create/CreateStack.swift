internal import AWS
internal import Diagnostics
internal import StackSchemas

/// Compiles a configuration, records what came of it, and submits exactly that.
public enum CreateStack {
    /// What a caller wants.
    public typealias Request = Submission.Request
    /// What is told on the way.
    public typealias Progress = Submission.Progress
    /// What came of it.
    public typealias Outcome = Submission.Outcome

    /// Creates a stack.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; nothing is sent unless the
    ///   record was complete before.
    public static func run(
        _ request: Request, host: Host, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        try await Submission.run(.create, request, host: host, progress: progress) { run, compilation in
            let caller = try await run.connect()
            let stack = try await caller.client.stack(run.settings.name)
            if let stack, stack.status != .reviewInProgress { return try await run.adopt(stack, caller) }
            if stack == nil { try await run.check(compilation, caller) }
            return try await run.submit(compilation, caller, stack: stack)
        }
    }
}

extension SubmissionRun {
    /// Asks what only AWS knows, before anything is recorded or sent.
    /// - Throws: `WorkflowError` with what would keep the stack from coming up.
    fileprivate func check(_ compilation: Compilation, _ caller: Caller) async throws {
        guard request.checksBefore, compilation.config.hosted == nil else { return }
        let report = try await Preflight.check(compilation, caller.client)
        progress(.preflight(report))
        guard report.hasErrors else { return }
        throw WorkflowError(
            .preflight, report.diagnostics.filter { $0.severity == .error },
            advice: ["nothing was sent; to go on all the same: --no-preflight"])
    }
}
