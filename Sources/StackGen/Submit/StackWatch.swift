public import AWS

/// Follows a stack to its end, keeps its events in a record and says what they are.
public struct StackWatch: Sendable {
    /// What is told on the way.
    public enum Progress: Sendable {
        /// Something happened to a resource or to the stack.
        case event(StackEvent)
        /// AWS could not be asked for the moment.
        case interruption(String)
    }

    /// How it ended.
    public struct Ending: Sendable {
        /// The stack; `nil` when it is gone.
        public let stack: Stack?
        /// Why it failed, where it did.
        public let firstCause: FirstCause?
        /// Every event seen, in order.
        public let events: [StackEvent]
    }

    let client: AWSClient
    let pacing: Pacing
    /// Where events are kept; `nil` keeps them nowhere.
    let record: RunFolder?

    /// Waits for the end.
    /// - Throws: `WorkflowError`; when the time is over the stack goes on.
    func follow(_ waiter: StackWaiter, progress: @Sendable (Progress) -> Void) async throws -> Ending {
        var events: [StackEvent] = []
        do {
            for try await update in waiter.updates(from: client, pacing: pacing) {
                switch update {
                case .event(let event):
                    events.append(event)
                    try record?.append(event: try RecordJSON.line(event))
                    progress(.event(event))
                case .interruption(let reason, _): progress(.interruption(reason))
                case .finished(let stack):
                    return Ending(stack: stack, firstCause: FirstCause(of: events), events: events)
                }
            }
        } catch let error as StackWaiterError {
            throw WorkflowError(error)
        }
        throw WorkflowError(.machine, "the stack's events ended before the stack did")
    }
}
