/// Follows a stack until CloudFormation has come to an end with it.
///
///     let waiter = StackWaiter(goal: .creation, stackID: id)
///     for try await update in waiter.updates(from: client, pacing: .live) { … }
///
/// One poll is one call for each page of new events. Only when the newest event of the stack itself tells of
/// an end, the stack is asked for; so a stack of any size costs no more.
public struct StackWaiter: Sendable, Equatable {
    /// What is waited for.
    public enum Goal: Sendable, Equatable {
        /// A stack that is being made.
        case creation
        /// A stack that is being updated.
        case update
        /// A stack that is being deleted; that it is gone is the end.
        case deletion
    }

    /// What is waited for.
    public var goal: Goal
    /// The ARN of the stack. A name works too, but names are not unique over time.
    public var stackID: String
    /// The id of the newest event before the operation began; nil for all events.
    public var knownEventID: String?
    /// The wait between polls.
    public var pollInterval: Duration
    /// After so many polls without an event the stack itself is asked for.
    public var quietPolls: Int
    /// How often asking may fail in a row.
    public var maximumFailures: Int
    /// For how long, counted in waits; nil for ever.
    public var timeout: Duration?

    /// Makes a waiter.
    public init(
        goal: Goal, stackID: String, knownEventID: String? = nil, pollInterval: Duration = .seconds(5),
        quietPolls: Int = 12, maximumFailures: Int = 10, timeout: Duration? = nil
    ) {
        self.goal = goal
        self.stackID = stackID
        self.knownEventID = knownEventID
        self.pollInterval = pollInterval
        self.quietPolls = max(1, quietPolls)
        self.maximumFailures = maximumFailures
        self.timeout = timeout
    }

    /// Follows the stack. The stream ends after `.finished`; ending the iteration stops the polling.
    ///
    /// - Returns: a stream that throws `StackWaiterError`, or an error of asking that time does not cure.
    public func updates(from client: AWSClient, pacing: Pacing) -> AsyncThrowingStream<StackWaiterUpdate, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                var run = StackWaiterRun(waiter: self, client: client, pacing: pacing) { continuation.yield($0) }
                do {
                    try await run.follow()
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
