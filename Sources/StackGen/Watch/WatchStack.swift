public import AWS

/// Follows a stack that is under way, whoever began it.
public enum WatchStack {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The stack.
        public var stack: StackReference
        /// How long to wait; `nil` for as long as it takes.
        public var timeout: Duration?

        /// A request to follow a stack.
        public init(_ stack: StackReference) {
            self.stack = stack
        }
    }

    /// What is told on the way.
    public enum Progress: Sendable {
        /// The stack as it is now, and a board of its resources.
        case began(Stack, WatchBoard)
        /// Something happened.
        case watching(StackWatch.Progress)
    }

    /// Follows the stack from the beginning of its last operation to its end. A stack at rest is told of at once.
    /// - Throws: `WorkflowError`; `.stackFailed` when the operation failed, `.timedOut` while the stack goes on.
    public static func run(
        _ request: Request, host: Host, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> DeleteStack.Outcome {
        try await WorkflowError.wrapping {
            let client = try request.stack.connect(host)
            let stack = try await request.stack.own(client)
            let map = TemplateMap(deployed: try await client.send(GetTemplateInput(stackName: stack.id)))
            progress(.began(stack, WatchBoard(map: map)))
            let events = try await client.stackEvents(of: stack.id)
            let start = events.lastIndex(where: \.beginsOperation) ?? 0
            let waiter = StackWaiter(
                goal: goal(of: stack.status), stackID: stack.id, knownEventID: start > 0 ? events[start - 1].id : nil,
                pollInterval: host.pollInterval(client), timeout: request.timeout)
            let watch = StackWatch(client: client, pacing: host.pacing, record: nil)
            let ending = try await watch.follow(waiter) { progress(.watching($0)) }
            let status = ending.stack?.status ?? .deleteComplete
            guard !status.isFailure else {
                throw StackFailureReport(
                    stackName: stack.name, status: status.rawValue, cause: ending.firstCause, origin: nil,
                    map: map
                ).error(advice: ["all events: stackgen events \(stack.name) --last"])
            }
            return DeleteStack.Outcome(stackName: stack.name, stackID: stack.id, status: status.rawValue)
        }
    }

    private static func goal(of status: StackStatus) -> StackWaiter.Goal {
        switch status {
        case .deleteInProgress: .deletion
        case .updateInProgress, .updateCompleteCleanupInProgress, .updateRollbackInProgress: .update
        default: .creation
        }
    }
}
