import Foundation

/// Retry around signing around transport: each attempt has a fresh date and fresh credentials.
struct RequestPipeline: Sendable {
    /// What the pipeline knows of a call.
    struct Call: Sendable {
        let service: AWSService
        let operation: String
        let region: String
        /// How it is signed; nil when it is not.
        let signing: SigningOptions?
        /// Whether a second arrival does no harm.
        let isRepeatable: Bool
    }

    let transport: any HTTPTransport
    let credentials: CredentialsCache?
    let policy: RetryPolicy
    let budget: RetryBudget
    let skew: ClockSkew
    let pacing: Pacing
    let now: @Sendable () -> Date
    /// When every call has to be over; nil for no such moment.
    var deadline: Date?

    /// Sends a request until it succeeds or must not be repeated.
    ///
    /// - Returns: a response with a status of 200 to 299.
    /// - Throws: `AWSServiceError`, `TransportError`, `CredentialsError`, `DeadlineExceeded` or `CancellationError`.
    func send(_ request: HTTPRequest, for call: Call) async throws -> HTTPResponse {
        var taken: Int?
        var hasRenewed = false
        var attempt = 1
        let deadline = min(now().addingTimeInterval(policy.callDeadline), self.deadline ?? .distantFuture)
        while true {
            try Task.checkCancellation()
            try checkDeadline(call)
            var request = request
            request.isRepeatable = call.isRepeatable
            request.timeout = min(request.timeout, max(1, deadline.timeIntervalSince(now())))
            let outcome = try await self.attempt(request, call)
            if case .success(let response) = outcome {
                await budget.giveBack(taken)
                return response
            }
            guard case .failure(let failure) = outcome else { continue }
            // New credentials or another clock cure the failure itself: that is no retry, and happens once.
            if failure.isCured && !hasRenewed {
                hasRenewed = true
                continue
            }
            guard let wait = delay(after: attempt, failure, call),
                now().addingTimeInterval(wait.seconds) < deadline,
                let cost = await budget.take(for: failure.verdict)
            else {
                // Cut short by the command's deadline, the failure says only that.
                if failure.verdict == .timedOut { try checkDeadline(call) }
                throw failure.error
            }
            taken = cost
            attempt += 1
            try await pacing.sleep(wait)
        }
    }

    private func checkDeadline(_ call: Call) throws {
        guard let end = self.deadline, now() >= end else { return }
        throw DeadlineExceeded(call: "\(call.service.name) \(call.operation)")
    }

    private struct Failure {
        let error: any Error
        let verdict: RetryPolicy.Verdict
        var retryAfter: Duration?
        var isCured = false
    }

    private enum Outcome {
        case success(HTTPResponse)
        case failure(Failure)
    }

    private func delay(after attempt: Int, _ failure: Failure, _ call: Call) -> Duration? {
        guard attempt < policy.maximumAttempts else { return nil }
        switch failure.verdict {
        case .permanent: return nil
        case .transient, .timedOut: if !call.isRepeatable { return nil }
        case .throttled, .notSent: break
        }
        // Nobody was reached, so no crowd is to be spread: the upper half of the range gives the network time to return.
        let random = failure.verdict == .notSent ? (1 + pacing.random()) / 2 : pacing.random()
        return policy.delay(after: attempt, random: random, retryAfter: failure.retryAfter)
    }

    private func attempt(_ request: HTTPRequest, _ call: Call) async throws -> Outcome {
        let (prepared, signer) = try await prepare(request, call)
        let response: HTTPResponse
        do {
            response = try await transport.send(prepared)
        } catch let error as TransportError {
            return .failure(Failure(error: error, verdict: policy.verdict(on: error)))
        }
        if response.isSuccess { return .success(response) }

        let redaction = Redaction(credentials: signer)
        let error = AWSServiceError.read(response, call: call, redaction: redaction)
        var failure = Failure(error: error, verdict: policy.verdict(on: error))
        failure.retryAfter = retryAfter(response)
        failure.isCured = await cure(error, response, signer)
        return .failure(failure)
    }

    private func prepare(_ request: HTTPRequest, _ call: Call) async throws -> (HTTPRequest, Credentials?) {
        guard let signing = call.signing, let credentials else { return (request, nil) }
        let current = try await self.current(credentials)
        let signer = SigV4Signer(
            credentials: current, region: call.region, service: call.service.signingName, options: signing)
        let date = now().addingTimeInterval(await skew.offset)
        return (signer.sign(request, date: date).request, current)
    }

    /// The credentials, unless the command's time is over before a program or a login gives them.
    func current(_ credentials: CredentialsCache) async throws -> Credentials {
        guard let deadline else { return try await credentials.credentials() }
        let over = DeadlineExceeded(call: "the request for credentials")
        return try await TimeLimit.within(seconds: deadline.timeIntervalSince(now()), orThrow: over) {
            try await credentials.credentials()
        }
    }

    /// Takes from a refusal what makes the next attempt good.
    private func cure(_ error: AWSServiceError, _ response: HTTPResponse, _ signer: Credentials?) async -> Bool {
        guard let signer else { return false }
        if await skew.learn(from: response, code: error.code, now: now()) { return true }
        guard error.isExpiredCredentials, signer.expiration != nil else { return false }
        await credentials?.invalidate(signer)
        return true
    }

    /// Seconds or a date in `Retry-After`, or milliseconds in `x-amz-retry-after`.
    private func retryAfter(_ response: HTTPResponse) -> Duration? {
        if let text = response.headers["x-amz-retry-after"], let milliseconds = Int(text), milliseconds >= 0 {
            return .milliseconds(milliseconds)
        }
        if let text = response.headers["Retry-After"], let seconds = Int(text), seconds >= 0 {
            return .seconds(seconds)
        }
        // A date is by the clock of the answer, which says its own time beside it.
        if let date = response.headers["Retry-After"].flatMap(Timestamp.parseHTTP) {
            let sent = response.headers["Date"].flatMap(Timestamp.parseHTTP) ?? now()
            return .seconds(max(0, date.timeIntervalSince(sent).rounded(.up)))
        }
        return nil
    }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var seconds: TimeInterval {
        TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
    }
}
