public import Foundation

/// Sends calls: endpoint, retry, signature and transport together.
///
///     let client = AWSClient(configuration: configuration, credentials: cache, transport: transport, pacing: .live)
///     let identity = try await client.send(GetCallerIdentityInput())
public struct AWSClient: Sendable {
    /// The resolved settings.
    public let configuration: ClientConfiguration
    private let pipeline: RequestPipeline

    /// Makes a client. Calls made through it, and through copies of it, share a retry budget and what was
    /// learnt of the service's clock.
    ///
    /// - Parameters:
    ///   - configuration: endpoints, region and the number of attempts.
    ///   - credentials: who signs; nil for calls that are not signed.
    ///   - transport: the way out.
    ///   - pacing: waiting and chance.
    ///   - now: the clock that signatures are dated by.
    public init(
        configuration: ClientConfiguration, credentials: CredentialsCache?, transport: any HTTPTransport,
        pacing: Pacing = .live, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        pipeline = RequestPipeline(
            transport: transport, credentials: credentials,
            policy: RetryPolicy(maximumAttempts: configuration.maximumAttempts), budget: RetryBudget(),
            skew: ClockSkew(), pacing: pacing, now: now,
            deadline: configuration.deadline.map { now().addingTimeInterval($0) })
    }

    /// Makes a client with the credentials of the AWS CLI's order of sources.
    public init(
        configuration: ClientConfiguration, host: HostEnvironment, transport: any HTTPTransport,
        pacing: Pacing = .live
    ) {
        let context = CredentialsContext(
            configuration: configuration, host: host, transport: transport, pacing: pacing)
        self.init(
            configuration: configuration,
            credentials: CredentialsCache(CredentialsChain(context: context), now: host.now),
            transport: transport, pacing: pacing, now: host.now)
    }

    /// How long the calls may still take; nil where there is no end to it.
    public var timeLeft: Duration? {
        pipeline.deadline.map { .seconds(max(0, $0.timeIntervalSince(pipeline.now()))) }
    }

    /// The credentials in use.
    ///
    /// - Throws: `CredentialsError`; `.notFound` also when the client was made without credentials.
    ///   `DeadlineExceeded` when the time of the client's calls is over.
    public func credentials() async throws -> Credentials {
        guard let cache = pipeline.credentials else { throw CredentialsError.notFound(tried: []) }
        return try await pipeline.current(cache)
    }

    /// The request of a call as it is sent, but for the headers of the signature.
    public func makeRequest<Operation: AWSOperation>(_ operation: Operation) -> HTTPRequest {
        var request = operation.makeRequest(to: configuration.endpoint(for: Operation.service))
        request.headers["User-Agent"] = configuration.userAgent
        request.timeout = min(request.timeout, configuration.attemptTimeout)
        return request
    }

    /// Sends a call.
    ///
    /// - Throws: `AWSServiceError`, `TransportError`, `CredentialsError`, `DecodingFailure` or `CancellationError`.
    public func send<Operation: AWSOperation>(_ operation: Operation) async throws -> Operation.Output {
        let endpoint = configuration.endpoint(for: Operation.service)
        let call = RequestPipeline.Call(
            service: Operation.service, operation: Operation.name, region: endpoint.region,
            signing: pipeline.credentials == nil ? nil : Operation.signing, isRepeatable: operation.isRepeatable)
        return try operation.decode(try await pipeline.send(makeRequest(operation), for: call))
    }
}
