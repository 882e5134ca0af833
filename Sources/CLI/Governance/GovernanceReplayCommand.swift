internal import ArgumentParser
internal import Foundation
internal import Governance
internal import StackGen

struct GovernanceReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run one scheduling cycle over a state given as JSON.",
        discussion: """
            Reads one JSON object from standard input: options, cohorts, cluster queues, admitted and pending
            workloads. Prints one JSON object: what Kueue would admit and preempt in one cycle, and what it would say
            to those that wait. docs/reference/governance-replay.md describes the form.
            """)

    @Flag(name: .long, help: "Input and result are JSON; there is no other form.")
    var json = false

    func run() throws {
        do {
            let answer = try Replay.run(FileHandle.standardInput.readDataToEndOfFile())
            Console().output(Array(try answer.json()) + [UInt8(ascii: "\n")])
        } catch let problem as ReplayProblem {
            // Who reads the answer reads why there is none, too.
            Console().output(Array(try problem.json()) + [UInt8(ascii: "\n")])
            throw WorkflowError(.invalidInput, problem.description)
        }
    }
}
