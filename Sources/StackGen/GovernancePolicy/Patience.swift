internal import AWS

/// Waits between looks, until the time that was given is over.
struct Patience {
    private let interval: Duration
    private let limit: Duration?
    private let sleep: @Sendable (Duration) async throws -> Void
    private var waited = Duration.zero

    init(run: PolicyRun, client: AWSClient) {
        self.init(run.host, client, limit: run.request.timeout)
    }

    /// - Parameter limit: how long to wait in all; nil for as long as it takes.
    init(_ host: Host, _ client: AWSClient, limit: Duration?) {
        interval = host.pollInterval(client)
        self.limit = limit
        sleep = host.pacing.sleep
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
