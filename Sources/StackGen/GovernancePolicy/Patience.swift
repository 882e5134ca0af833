internal import AWS

/// Waits between looks, until the time that was given is over.
struct Patience {
    private let interval: Duration
    private let limit: Duration?
    private let sleep: @Sendable (Duration) async throws -> Void
    private var waited = Duration.zero

    init(run: PolicyRun, client: AWSClient) {
        interval = run.host.pollInterval(client)
        limit = run.request.timeout
        sleep = run.host.pacing.sleep
    }

    /// Waits once.
    /// - Throws: `WorkflowError` (`timedOut`) saying what was waited for, or `CancellationError`.
    mutating func wait(_ what: String) async throws {
        if let limit, waited >= limit {
            throw WorkflowError(
                .timedOut, "the time is over: \(what)", advice: ["run the command again to go on from there"])
        }
        try await sleep(interval)
        waited += interval
    }
}
