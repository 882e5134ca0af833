internal import AWS

/// Stops an update that is under way, or goes on with taking one back that failed to be taken back.
public enum CancelOperation {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The stack.
        public var stack: StackReference
        /// Whether a rollback that failed is to go on, instead of an update to be stopped.
        public var continuesRollback = false
        /// Resources that the rollback leaves as they are.
        public var skips: [String] = []
        /// Follows the stack to its end.
        public var waits = false
        /// How long to wait; `nil` for as long as it takes.
        public var timeout: Duration?

        /// A request about a stack.
        public init(_ stack: StackReference) {
            self.stack = stack
        }
    }

    /// Cancels, or goes on with a rollback.
    /// - Throws: `WorkflowError`; `.preflight` when there is nothing to cancel, and nothing was sent.
    public static func run(
        _ request: Request, host: Host, progress: @escaping @Sendable (StackWatch.Progress) -> Void
    ) async throws -> DeleteStack.Outcome {
        try await WorkflowError.wrapping {
            let client = try request.stack.connect(host)
            let stack = try await request.stack.own(client)
            let known = try await client.latestStackEventID(of: stack.id)
            if request.continuesRollback {
                guard stack.status == .updateRollbackFailed else { throw nothing(stack, "no rollback that failed") }
                _ = try await client.send(
                    ContinueUpdateRollbackInput(stackName: stack.id, resourcesToSkip: request.skips))
            } else {
                guard stack.status == .updateInProgress else { throw nothing(stack, "no update under way") }
                _ = try await client.send(CancelUpdateStackInput(stackName: stack.id))
            }
            guard request.waits else {
                return DeleteStack.Outcome(
                    stackName: stack.name, stackID: stack.id, status: StackStatus.updateRollbackInProgress.rawValue)
            }
            return try await follow(stack, after: known, request, client, host, progress)
        }
    }

    private static func follow(
        _ stack: Stack, after known: String?, _ request: Request, _ client: AWSClient, _ host: Host,
        _ progress: @escaping @Sendable (StackWatch.Progress) -> Void
    ) async throws -> DeleteStack.Outcome {
        let waiter = StackWaiter(
            goal: .update, stackID: stack.id, knownEventID: known, pollInterval: host.pollInterval(client),
            timeout: request.timeout)
        let watch = StackWatch(client: client, pacing: host.pacing, record: nil)
        let ending = try await watch.follow(waiter, progress: progress)
        let status = ending.stack?.status ?? .deleteComplete
        guard status == .updateRollbackComplete else {
            throw WorkflowError(
                .stackFailed, "the stack \(stack.name) ended in \(status.rawValue)\(ending.firstCause?.clause ?? "")",
                advice: status == .updateRollbackFailed
                    ? ["to leave a resource as it is: stackgen cancel \(stack.name) --continue-rollback --skip ID"] : []
            )
        }
        return DeleteStack.Outcome(stackName: stack.name, stackID: stack.id, status: status.rawValue)
    }

    private static func nothing(_ stack: Stack, _ what: String) -> WorkflowError {
        let advice: [String] =
            switch stack.status {
            case .createInProgress, .reviewInProgress:
                ["a creation is stopped by deleting the stack: stackgen delete \(stack.name)"]
            case .updateRollbackFailed:
                ["to go on with the rollback: stackgen cancel \(stack.name) --continue-rollback"]
            case .updateInProgress: ["to stop the update: stackgen cancel \(stack.name)"]
            default: []
            }
        return WorkflowError(
            .preflight,
            ProjectRule.notUpdatable.error(
                "the stack `\(stack.name)` is in status \(stack.status.rawValue): there is \(what)"),
            advice: advice)
    }
}
