import Foundation
import Testing

@testable import AWS

/// The files and programs of the machine itself.
@Suite struct HostEnvironmentTests {
    private let host = HostEnvironment.live(variables: ["PATH": "/usr/bin:/bin", "GIVEN": "value", "EMPTY": ""])

    @Test func runsProgramsWithTheGivenVariablesOnly() async throws {
        let outcome = try await host.run(["sh", "-c", "printf %s \"$GIVEN-$HOME\"; echo canary >&2"])
        #expect(outcome == ProcessOutcome(status: 0, output: Data("value-".utf8)))
        #expect(try await host.run(["sh", "-c", "exit 7"]).status == 7)
        #expect(try await host.run(["no-such-program-here"]).status == 127)
    }

    @Test func readsLargeOutputs() async throws {
        let outcome = try await host.run(["sh", "-c", "head -c 300000 /dev/zero"])
        #expect(outcome.output.count == 300_000)
    }

    @Test func aFileThatIsNotThereIsNil() throws {
        #expect(try host.readFile("/no/such/file") == nil)
        #expect(try host.readFile(Cases.folder.path + "/ini/empty.ini") == Data())
    }

    @Test func anEmptyVariableIsNotSet() {
        #expect(host.variable("GIVEN") == "value")
        #expect(host.variable("EMPTY") == nil)
    }
}
