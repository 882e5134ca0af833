/// One run of a `StackWaiter`: what it has seen so far.
struct StackWaiterRun {
    let waiter: StackWaiter
    let client: AWSClient
    let pacing: Pacing
    let yield: @Sendable (StackWaiterUpdate) -> Void

    private var knownEventID: String?
    private var nested = NestedStackEvents()
    private var quietPolls = 0
    /// Whether the newest event of the stack itself tells of an end that the stack was not yet asked about.
    private var seemsEnded = false
    private var failures = 0
    private var waited = Duration.zero

    init(
        waiter: StackWaiter, client: AWSClient, pacing: Pacing,
        yield: @escaping @Sendable (StackWaiterUpdate) -> Void
    ) {
        self.waiter = waiter
        self.client = client
        self.pacing = pacing
        self.yield = yield
        knownEventID = waiter.knownEventID
    }

    /// Polls until the end.
    mutating func follow() async throws {
        while true {
            let wait: Duration
            do {
                if let end = try await poll() {
                    yield(.finished(end.stack))
                    return
                }
                failures = 0
                wait = nextWait
            } catch  where Self.mayPass(error) {
                wait = try interruption(error)
            }
            if let timeout = waiter.timeout, waited + wait > timeout {
                throw StackWaiterError.timedOut(stack: waiter.stackID, after: timeout)
            }
            // With the time of the command over, the next call says so.
            try await pacing.sleep(min(wait, client.timeLeft ?? wait))
            waited += wait
        }
    }

    /// A stack in which nothing happens is asked less often, down to a quarter.
    private var nextWait: Duration {
        waiter.pollInterval * (quietPolls < 6 ? 1 : quietPolls < 9 ? 2 : 4)
    }

    /// The end of a stack, which may not be there any more.
    private struct End {
        let stack: Stack?
    }

    /// Yields the new events; the end when there is one.
    private mutating func poll() async throws -> End? {
        let events: [StackEvent]
        do {
            events = try await client.stackEvents(of: waiter.stackID, after: knownEventID)
        } catch let error as AWSServiceError where error.isStackMissing {
            guard waiter.goal == .deletion else { throw StackWaiterError.stackMissing(waiter.stackID) }
            return End(stack: nil)
        }
        for event in try await nested.complete(events, client) { yield(.event(event)) }
        knownEventID = events.last?.id ?? knownEventID
        quietPolls = events.isEmpty ? quietPolls + 1 : 0

        if let status = events.last(where: \.isOfStackItself)?.stackStatus { seemsEnded = status.isTerminal }
        guard seemsEnded || quietPolls >= waiter.quietPolls else { return nil }
        // Forgotten only when the stack has answered: until then every poll asks it again.
        let end = try await end()
        seemsEnded = false
        quietPolls = 0
        return end
    }

    /// Asks the stack itself: an event may tell of an end after which CloudFormation goes on by itself.
    private func end() async throws -> End? {
        guard let stack = try await client.stack(waiter.stackID) else {
            guard waiter.goal == .deletion else { throw StackWaiterError.stackMissing(waiter.stackID) }
            return End(stack: nil)
        }
        return isEnd(stack.status) ? End(stack: stack) : nil
    }

    /// A deletion that was just asked for may still show the state before it.
    private func isEnd(_ status: StackStatus) -> Bool {
        switch waiter.goal {
        case .creation, .update: status.isTerminal
        case .deletion: status == .deleteComplete || status == .deleteFailed
        }
    }

    private mutating func interruption(_ error: any Error) throws -> Duration {
        failures += 1
        guard failures <= waiter.maximumFailures else {
            throw StackWaiterError.tooManyFailures(
                stack: waiter.stackID, count: failures, last: String(describing: error))
        }
        let wait = min(waiter.pollInterval * Double(1 << min(failures - 1, 4)), max(waiter.pollInterval, .seconds(60)))
        yield(.interruption(String(describing: error), retryingAfter: wait))
        return wait
    }

    /// Throttling, faults of the service and of the network pass; everything else does not.
    private static func mayPass(_ error: any Error) -> Bool {
        switch error {
        case let error as AWSServiceError: RetryPolicy().verdict(on: error) != .permanent
        case let error as TransportError: error.isTransient
        default: false
        }
    }
}
