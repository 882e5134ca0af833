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

    @Flag(name: .long, help: "One object a line, and one answer a line.")
    var jsonl = false

    func run() throws {
        if jsonl { return try runLines() }
        do {
            let answer = try Replay.run(FileHandle.standardInput.readDataToEndOfFile())
            Console().output(Array(try answer.json()) + [UInt8(ascii: "\n")])
        } catch let problem as ReplayProblem {
            // Who reads the answer reads why there is none, too.
            Console().output(Array(try problem.json()) + [UInt8(ascii: "\n")])
            throw WorkflowError(.invalidInput, problem.description)
        }
    }

    /// Answers line by line; one that cannot be used is answered with its problem.
    private func runLines() throws {
        var problems = 0
        while let line = readLine(strippingNewline: true) {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let answer: Data
            do {
                answer = try Replay.run(Data(line.utf8)).json()
            } catch let problem as ReplayProblem {
                answer = try problem.json()
                problems += 1
            }
            Console().output(Array(answer) + [UInt8(ascii: "\n")])
        }
        if problems > 0 { throw WorkflowError(.invalidInput, "\(problems) of the lines cannot be used") }
    }
}
