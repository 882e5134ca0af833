import Foundation
import Testing

@testable import AWS

@Suite struct StackWaiterTests {
    private let world = FixedWorld()
    private static let id = "arn:aws:cloudformation:us-east-1:123456789012:stack/s/u"

    @Test func yieldsEachEventOnceInOrderUntilTheEnd() async throws {
        let transport = ScriptedTransport([
            events(["e1 AWS::CloudFormation::Stack CREATE_IN_PROGRESS"]),
            events([
                "e3 A CREATE_IN_PROGRESS", "e2 B CREATE_IN_PROGRESS",
                "e1 AWS::CloudFormation::Stack CREATE_IN_PROGRESS",
            ]),
            events(["e3 A CREATE_IN_PROGRESS", "e2 B CREATE_IN_PROGRESS"]),
            events(["e5 AWS::CloudFormation::Stack CREATE_COMPLETE", "e4 A CREATE_COMPLETE", "e3 A CREATE_IN_PROGRESS"]
            ),
            stack("CREATE_COMPLETE"),
        ])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["e1", "e2", "e3", "e4", "e5", "CREATE_COMPLETE"])
        #expect(world.sleeps == Array(repeating: .seconds(5), count: 3))
        #expect(transport.remaining == 0)
    }

    @Test func theEndOfACommandsTimeCutsAWaitShort() async throws {
        let began = events(["e1 AWS::CloudFormation::Stack CREATE_IN_PROGRESS"])
        let transport = ScriptedTransport([began, began])
        let client = try world.client(transport, deadline: 7)
        await #expect(throws: DeadlineExceeded.self) {
            let waiter = StackWaiter(goal: .creation, stackID: Self.id)
            for try await _ in waiter.updates(from: client, pacing: world.pacing) {}
        }
        #expect(world.sleeps == [.seconds(5), .seconds(2)])
    }

    @Test func readsOlderPagesOnlyUntilTheKnownEvent() async throws {
        let transport = ScriptedTransport([
            events(["e4 AWS::CloudFormation::Stack DELETE_COMPLETE", "e3 A DELETE_COMPLETE"], next: "p2"),
            events(["e2 A DELETE_IN_PROGRESS", "e1 AWS::CloudFormation::Stack CREATE_COMPLETE"], next: "p3"),
            stack("DELETE_COMPLETE"),
        ])
        let waiter = StackWaiter(goal: .deletion, stackID: Self.id, knownEventID: "e1")
        #expect(try await follow(waiter, transport) == ["e2", "e3", "e4", "DELETE_COMPLETE"])
    }

    @Test func anEndThatIsNoneIsFollowedOn() async throws {
        let transport = ScriptedTransport([
            events(["e1 AWS::CloudFormation::Stack CREATE_FAILED"]), stack("DELETE_IN_PROGRESS"),
            events(["e2 AWS::CloudFormation::Stack DELETE_COMPLETE", "e1 AWS::CloudFormation::Stack CREATE_FAILED"]),
            stack("DELETE_COMPLETE"),
        ])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["e1", "e2", "DELETE_COMPLETE"])
    }

    @Test func nestedStacksAreNoEnd() async throws {
        let nested = "e1 AWS::CloudFormation::Stack CREATE_COMPLETE other"
        let transport = ScriptedTransport([
            events([nested]), events([], in: "other"),
            events(["e2 AWS::CloudFormation::Stack CREATE_COMPLETE", nested]), stack("CREATE_COMPLETE"),
        ])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["e1", "e2", "CREATE_COMPLETE"])
        #expect(transport.remaining == 0)
    }

    @Test func nestedStacksAreAskedForOnlyWhileTheyAreUnderWay() async throws {
        let began = "e1 AWS::CloudFormation::Stack CREATE_IN_PROGRESS other"
        let ended = "e2 AWS::CloudFormation::Stack CREATE_COMPLETE other"
        let inner = "n1 A CREATE_IN_PROGRESS"
        let transport = ScriptedTransport([
            events([began]), events([inner], in: "other"),
            events([began]), events(["n2 AWS::CloudFormation::Stack CREATE_IN_PROGRESS deep", inner], in: "other"),
            events(["d1 B CREATE_COMPLETE"], in: "deep"),
            events([ended, began]), events(["d1 B CREATE_COMPLETE"], in: "deep"),
            events(["n3 AWS::CloudFormation::Stack CREATE_COMPLETE deep"], in: "other"),
            events(["e3 A CREATE_COMPLETE", ended]), events(["d1 B CREATE_COMPLETE"], in: "deep"),
            events(["e4 AWS::CloudFormation::Stack CREATE_COMPLETE", "e3 A CREATE_COMPLETE"]),
            stack("CREATE_COMPLETE"),
        ])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["e1", "n1", "n2", "d1", "e2", "n3", "e3", "e4", "CREATE_COMPLETE"])
        #expect(transport.remaining == 0)
    }

    @Test func aStackThatIsGoneIsDeleted() async throws {
        let missing = ScriptedTransport([missing()])
        #expect(try await follow(StackWaiter(goal: .deletion, stackID: "s"), missing) == ["gone"])
        let never = ScriptedTransport([self.missing()])
        await #expect(throws: StackWaiterError.stackMissing("s")) {
            _ = try await follow(StackWaiter(goal: .creation, stackID: "s"), never)
        }
    }

    @Test func aDeletionThatHasNotBegunIsNoEnd() async throws {
        var waiter = StackWaiter(goal: .deletion, stackID: Self.id, knownEventID: "e1")
        waiter.quietPolls = 1
        let created = "e1 AWS::CloudFormation::Stack CREATE_COMPLETE"
        let transport = ScriptedTransport([
            events([created]), stack("CREATE_COMPLETE"),
            events(["e2 AWS::CloudFormation::Stack DELETE_FAILED", created]), stack("DELETE_FAILED"),
        ])
        #expect(try await follow(waiter, transport) == ["e2", "DELETE_FAILED"])
    }

    @Test func toleratesTroubleThatPasses() async throws {
        let busy = ScriptedTransport.answer(503)
        let transport = ScriptedTransport([
            busy, busy, busy, ScriptedTransport.failure(.cannotConnect), ScriptedTransport.failure(.interrupted),
            ScriptedTransport.failure(.interrupted), events(["e1 AWS::CloudFormation::Stack CREATE_COMPLETE"]),
            stack("CREATE_COMPLETE"),
        ])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["trouble", "trouble", "e1", "CREATE_COMPLETE"])
    }

    @Test func anEndThatCouldNotBeAskedAboutIsAskedAboutAgain() async throws {
        let busy = ScriptedTransport.answer(503)
        let ended = events(["e1 AWS::CloudFormation::Stack CREATE_COMPLETE"])
        let transport = ScriptedTransport([ended, busy, busy, busy, ended, stack("CREATE_COMPLETE")])
        let seen = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        #expect(seen == ["e1", "trouble", "CREATE_COMPLETE"])
        #expect(transport.remaining == 0)
    }

    @Test func anEndThatNobodyTellsOfIsTooMuchTrouble() async throws {
        let busy = ScriptedTransport.answer(503)
        let ended = events(["e1 AWS::CloudFormation::Stack CREATE_COMPLETE"])
        let transport = ScriptedTransport(Array(repeating: [ended, busy, busy, busy], count: 10).flatMap(\.self))
        var waiter = StackWaiter(goal: .creation, stackID: Self.id)
        waiter.maximumFailures = 3
        await #expect(throws: StackWaiterError.self) { _ = try await follow(waiter, transport) }
        #expect(transport.requests.count == 16)
    }

    @Test func endsAfterTooMuchTrouble() async throws {
        let transport = ScriptedTransport(Array(repeating: ScriptedTransport.answer(503), count: 100))
        var waiter = StackWaiter(goal: .creation, stackID: Self.id)
        waiter.maximumFailures = 3
        await #expect(throws: StackWaiterError.self) { _ = try await follow(waiter, transport) }
        #expect(transport.requests.count == 12)
    }

    @Test func errorsThatStayEndItAtOnce() async throws {
        let transport = ScriptedTransport([ScriptedTransport.answer(403, "<Error><Code>AccessDenied</Code></Error>")])
        await #expect(throws: AWSServiceError.self) {
            _ = try await follow(StackWaiter(goal: .creation, stackID: Self.id), transport)
        }
    }

    @Test func theTimeAllowedEndsIt() async throws {
        let quiet = Array(repeating: events([]), count: 9)
        var waiter = StackWaiter(goal: .creation, stackID: Self.id)
        waiter.timeout = .seconds(12)
        await #expect(throws: StackWaiterError.timedOut(stack: Self.id, after: .seconds(12))) {
            _ = try await follow(waiter, ScriptedTransport(quiet))
        }
    }

    @Test func aPageTokenThatRepeatsIsAnError() async throws {
        let transport = ScriptedTransport(Array(repeating: events(["e1 A CREATE_COMPLETE"], next: "same"), count: 9))
        let client = try world.client(transport)
        await #expect(throws: DecodingFailure.self) { try await client.stackEvents(of: "s") }
        #expect(transport.requests.count == 2)
    }

    @Test func endingTheIterationEndsThePolling() async throws {
        let transport = ScriptedTransport(Array(repeating: events(["e1 A CREATE_IN_PROGRESS"]), count: 50))
        let pacing = Pacing(sleep: { _ in try await Task.sleep(for: .milliseconds(20)) }, random: { 0 })
        let waiter = StackWaiter(goal: .creation, stackID: Self.id)
        for try await _ in waiter.updates(from: try world.client(transport), pacing: pacing) { break }
        try await Task.sleep(for: .milliseconds(100))
        let count = transport.requests.count
        try await Task.sleep(for: .milliseconds(100))
        #expect(transport.requests.count == count)
    }

    private func follow(_ waiter: StackWaiter, _ transport: ScriptedTransport) async throws -> [String] {
        var seen: [String] = []
        for try await update in waiter.updates(from: try world.client(transport), pacing: world.pacing) {
            switch update {
            case .event(let event): seen.append(event.id)
            case .interruption: seen.append("trouble")
            case .finished(let stack): seen.append(stack?.status.rawValue ?? "gone")
            }
        }
        return seen
    }

    /// Events written as `id type status [physical id]`, newest first.
    private func events(
        _ lines: [String], in stackID: String = id, next: String? = nil
    ) -> ScriptedTransport.Step {
        let members = lines.map { line in
            let words = line.split(separator: " ")
            let isStack = words[1] == "AWS::CloudFormation::Stack"
            let physicalID = words.count > 3 ? String(words[3]) : isStack ? Self.id : "p"
            return "<member><EventId>\(words[0])</EventId><StackId>\(stackID)</StackId>"
                + "<PhysicalResourceId>\(physicalID)</PhysicalResourceId><ResourceType>\(words[1])</ResourceType>"
                + "<ResourceStatus>\(words[2])</ResourceStatus><Timestamp>2025-01-01T00:00:00Z</Timestamp></member>"
        }
        let token = next.map { "<NextToken>\($0)</NextToken>" } ?? ""
        return result("DescribeStackEvents", "<StackEvents>\(members.joined())</StackEvents>\(token)")
    }

    private func stack(_ status: String) -> ScriptedTransport.Step {
        result(
            "DescribeStacks",
            "<Stacks><member><StackId>\(Self.id)</StackId><StackName>s</StackName>"
                + "<StackStatus>\(status)</StackStatus></member></Stacks>")
    }

    private func missing() -> ScriptedTransport.Step {
        ScriptedTransport.answer(
            400,
            "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack [s] does not exist</Message></Error>"
                + "</ErrorResponse>")
    }

    private func result(_ operation: String, _ content: String) -> ScriptedTransport.Step {
        ScriptedTransport.answer(
            200, "<\(operation)Response><\(operation)Result>\(content)</\(operation)Result></\(operation)Response>")
    }
}
