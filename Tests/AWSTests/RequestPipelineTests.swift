import Foundation
import Testing

@testable import AWS

/// Retry, signing and errors over a scripted transport: `Output` is not looked at, only what is sent.
@Suite struct RequestPipelineTests {
    private let world = FixedWorld()
    private static let identity = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
        <Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>\
        </GetCallerIdentityResult></GetCallerIdentityResponse>
        """

    private static func error(_ code: String, _ message: String = "m") -> String {
        "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>\(message)</Message></Error>"
            + "<RequestId>r-1</RequestId></ErrorResponse>"
    }

    @Test func retriesThrottlingAndFaultsWithFreshSignatures() async throws {
        let transport = ScriptedTransport([
            ScriptedTransport.answer(400, Self.error("Throttling")),
            ScriptedTransport.answer(503, "<html>busy</html>"),
            ScriptedTransport.answer(200, Self.identity),
        ])
        let output = try await world.client(transport).send(GetCallerIdentityInput())
        #expect(output.account == "123456789012")
        #expect(world.sleeps == [.seconds(0.5), .seconds(1)])
        let dates = transport.requests.map { $0.headers["X-Amz-Date"] }
        #expect(dates == ["20250101T000000Z", "20250101T000000Z", "20250101T000001Z"])
    }

    @Test func givesUpAfterTheAllowedAttempts() async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.answer(500), count: 9))
        let client = try world.client(transport, variables: ["AWS_MAX_ATTEMPTS": "4"])
        let error = await serviceError { try await client.send(GetCallerIdentityInput()) }
        #expect(transport.requests.count == 4)
        #expect(error?.code == "HTTP500")
        #expect(error?.message == "the answer has no body")
    }

    @Test func doesNotRetryWhatWouldFailAgain() async throws {
        let transport = ScriptedTransport([ScriptedTransport.answer(403, Self.error("AccessDenied", "no"))])
        let client = try world.client(transport)
        let error = await serviceError { try await client.send(GetCallerIdentityInput()) }
        #expect(error?.description == "STS GetCallerIdentity: AccessDenied: no (status 403, request r-1)")
        #expect(error?.isAccessDenied == true)
    }

    @Test func pagesOfProxiesAreToldFromErrorsOfAWS() async throws {
        let page = ScriptedTransport.answer(502, "<html>\n <body>Bad   Gateway</body></html>")
        let client = try world.client(ScriptedTransport([page, page, page]))
        let error = await serviceError { try await client.send(GetCallerIdentityInput()) }
        #expect(error?.bodyExcerpt == "<html> <body>Bad Gateway</body></html>")
        #expect(error?.description.contains("not an AWS error document") == true)
    }

    @Test func datesOfRetryAfterAreByTheClockOfTheAnswer() async throws {
        let headers: HTTPHeaders = [
            "Date": "Fri, 31 Jan 2025 10:20:30 GMT", "Retry-After": "Fri, 31 Jan 2025 10:20:39 GMT",
        ]
        let transport = ScriptedTransport([
            ScriptedTransport.answer(503, "", headers), ScriptedTransport.answer(200, Self.identity),
        ])
        _ = try await world.client(transport).send(GetCallerIdentityInput())
        #expect(world.sleeps == [.seconds(9)])
    }

    @Test func aCallEndsWithItsDeadlineHoweverManyAttemptsAreAllowed() async throws {
        let slow: ScriptedTransport.Step = { [world] request in
            #expect(request.timeout <= 60)
            world.advance(request.timeout)
            throw TransportError(kind: .timedOut, host: "h", detail: "scripted")
        }
        let transport = ScriptedTransport(Array(repeating: slow, count: 20))
        let client = try world.client(transport, variables: ["AWS_MAX_ATTEMPTS": "20"])
        await #expect(throws: TransportError.self) { try await client.send(GetCallerIdentityInput()) }
        // Five minutes, of which each attempt takes one and each wait some seconds.
        #expect(transport.requests.count == 5)
        #expect(transport.requests.last.map { $0.timeout < 60 } == true)
    }

    @Test func keepsRetryAfterUnlessItIsTooLong() async throws {
        let patient = ScriptedTransport([
            ScriptedTransport.answer(503, "", ["Retry-After": "7"]),
            ScriptedTransport.answer(503, "", ["x-amz-retry-after": "1500"]),
            ScriptedTransport.answer(200, Self.identity),
        ])
        _ = try await world.client(patient).send(GetCallerIdentityInput())
        #expect(world.sleeps == [.seconds(7), .milliseconds(1_500)])

        let long = ScriptedTransport([ScriptedTransport.answer(503, "", ["Retry-After": "3600"])])
        let client = try world.client(long)
        #expect(await serviceError { try await client.send(GetCallerIdentityInput()) }?.status == 503)
    }

    @Test(arguments: [
        (TransportError.Kind.cannotConnect, 3), (.unknownHost, 3), (.timedOut, 3), (.interrupted, 3), (.insecure, 1),
        (.tooLarge, 1), (.invalidRequest, 1),
    ])
    func retriesConnectionsThatMayComeBack(kind: TransportError.Kind, attempts: Int) async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.failure(kind), count: 3))
        let client = try world.client(transport)
        await #expect(throws: TransportError.self) { try await client.send(GetCallerIdentityInput()) }
        #expect(transport.requests.count == attempts)
    }

    /// A second `CreateStack` without a token could make a second stack or hide the first.
    @Test(arguments: [
        (TransportError.Kind.interrupted, nil, 1), (.timedOut, nil, 1), (.cannotConnect, nil, 3),
        (.interrupted, "token", 3),
    ])
    func repeatsOnlyWhatIsSafe(kind: TransportError.Kind, token: String?, attempts: Int) async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.failure(kind), count: 3))
        let client = try world.client(transport)
        await #expect(throws: TransportError.self) {
            try await client.send(CreateStackInput(stackName: "s", templateBody: "{}", clientRequestToken: token))
        }
        #expect(transport.requests.count == attempts)
    }

    @Test func correctsTheClockOnce() async throws {
        let skewed = ScriptedTransport.answer(
            403, Self.error("RequestTimeTooSkewed"), ["Date": "Wed, 01 Jan 2025 02:00:00 GMT"])
        let transport = ScriptedTransport([
            skewed, ScriptedTransport.answer(200, Self.identity), ScriptedTransport.answer(200, Self.identity),
        ])
        let client = try world.client(transport)
        _ = try await client.send(GetCallerIdentityInput())
        _ = try await client.send(GetCallerIdentityInput())
        let dates = transport.requests.map { $0.headers["X-Amz-Date"] }
        #expect(dates == ["20250101T000000Z", "20250101T020000Z", "20250101T020000Z"])
        #expect(world.sleeps.isEmpty)

        let stubborn = ScriptedTransport([skewed, skewed, skewed])
        let other = try world.client(stubborn)
        #expect(await serviceError { try await other.send(GetCallerIdentityInput()) }?.code == "RequestTimeTooSkewed")
        #expect(stubborn.requests.count == 2)
    }

    @Test func asksForNewCredentialsWhenTheOldOnesHaveEnded() async throws {
        let transport = ScriptedTransport([
            ScriptedTransport.answer(403, Self.error("ExpiredToken")), ScriptedTransport.answer(200, Self.identity),
        ])
        let host = world.host()
        let provider = CountingProvider(lifetime: 3_600, now: host.now)
        let configuration = try ClientConfiguration(
            resolving: ClientOptions(region: Sourced("us-east-1", source: "t")), host: host)
        let client = AWSClient(
            configuration: configuration, credentials: CredentialsCache(provider, now: host.now), transport: transport,
            pacing: world.pacing, now: host.now)
        _ = try await client.send(GetCallerIdentityInput())
        #expect(await provider.count == 2)
        #expect(transport.requests.map { $0.headers["X-Amz-Security-Token"] } == ["token-1", "token-2"])
    }

    @Test func theBudgetEndsRetriesOfAServiceInTrouble() async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.answer(500), count: 400))
        let client = try world.client(transport)
        for _ in 0..<100 {
            _ = await serviceError { try await client.send(GetCallerIdentityInput()) }
        }
        // 100 calls, and 500 / 5 = 100 retries instead of the 200 that each call alone would make.
        #expect(transport.requests.count == 200)
    }

    @Test func errorsNeverHoldWhatWasSigned() async throws {
        let echo: ScriptedTransport.Step = { request in
            let token = request.headers["X-Amz-Security-Token"] ?? ""
            let signature = request.headers["Authorization"] ?? ""
            let message =
                "no match \(token) canary-secret X-Amz-Signature=abc \(signature) The Canonical String for "
                + "this request should have been 'x-amz-security-token:\(token)'"
            return HTTPResponse(status: 403, body: Data(Self.error("SignatureDoesNotMatch", message).utf8))
        }
        let client = try world.client(ScriptedTransport([echo]))
        let text = try #require(await serviceError { try await client.send(GetCallerIdentityInput()) }).description
        for secret in ["canary", "abc", "Canonical"] { #expect(!text.contains(secret), "\(text)") }
        #expect(text.wholeMatch(of: #/.*[0-9a-f]{64}.*/#) == nil, "\(text)")
    }

    @Test func unsignedCallsCarryNoSignature() async throws {
        let transport = ScriptedTransport([ScriptedTransport.answer(200, Self.identity)])
        _ = try await world.client(transport, credentials: nil).send(GetCallerIdentityInput())
        #expect(transport.requests.first?.headers["Authorization"] == nil)
        #expect(transport.requests.first?.headers["User-Agent"] == "stackgen")
    }

    @Test func cancellationEndsTheWait() async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.answer(500), count: 3))
        let client = try world.client(transport)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await client.send(GetCallerIdentityInput())
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.requests.isEmpty)
    }

    private func serviceError(_ body: () async throws -> some Sendable) async -> AWSServiceError? {
        await #expect(throws: AWSServiceError.self) { _ = try await body() }
    }
}
