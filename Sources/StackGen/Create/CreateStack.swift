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
            do {
                if stack == nil { try await run.check(compilation, caller, updating: nil) }
            } catch let error as WorkflowError {
                // Perhaps this same command in another terminal was faster, and its resources are what was found.
                let now = try await caller.client.stack(run.settings.name)
                guard let now, now.status != .reviewInProgress else { throw error }
                return try await run.adopt(now, caller)
            }
            return try await run.submit(compilation, caller, stack: stack)
        }
    }
}
