internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import StackGen

struct GovernanceApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a configuration of the kind task-governance to its cluster.",
        discussion: """
            Of the kind cluster-stack, too, in a region where CloudFormation lacks the types of task governance: there
            the stack leaves policy and quotas out, and they are applied to its cluster once it is complete.

            Reads what is there, shows what would be created, changed, removed and left alone, and asks. What is sent
            is in run/ before it is sent. A second run changes nothing; a run that was cut off is gone on with.
            """)

    @OptionGroup var target: ProjectArgument
    @OptionGroup var connection: ConnectionArguments

    @Flag(name: .customLong("plan"), help: "Stop at the plan; exit status 3 when there is something to do.")
    var onlyPlans = false

    @Flag(name: .customLong("dry-run"), help: "Stop before the network: compile and record.")
    var isDryRun = false

    @Flag(name: .long, help: "Delete the quotas of teams that the configuration does not name.")
    var prune = false

    @Flag(name: [.customShort("y"), .long], help: "Agree to the plan.")
    var yes = false

    @OptionGroup var waiting: WaitArguments

    @Option(name: .long, help: "Write the record exactly there instead of below run/.", completion: .directory)
    var record: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var request = ApplyPolicy.Request(project: target.project)
        request.connection = connection.options
        request.onlyPlans = onlyPlans
        request.isDryRun = isDryRun
        request.prunes = prune
        request.timeout = waiting.duration
        request.recordURL = record.map { URL(fileURLWithPath: $0) }
        let outcome = try await PolicyApplication(console: output.console, agrees: yes).run(request)
        if onlyPlans, outcome.isChange { throw ExitStatus.changesPending.code }
    }
}

/// Applies a policy and tells of it.
struct PolicyApplication: Sendable {
    let console: Console
    let agrees: Bool

    @discardableResult
    func run(_ request: ApplyPolicy.Request) async throws -> ApplyPolicy.Outcome {
        let outcome = try await apply(request)
        try console.result(Self.text(outcome), json: try RecordJSON.bytes(outcome))
        return outcome
    }

    /// Applies a policy; what came of it is for the caller to print.
    func apply(_ request: ApplyPolicy.Request) async throws -> ApplyPolicy.Outcome {
        let console = console
        let agrees = agrees
        return try await ApplyPolicy.run(request, host: .terminal(console)) { _ in
            agrees || Console.confirm("Do this?")
        } progress: { progress in
            Self.tell(progress, console)
        }
    }

    private static func tell(_ progress: ApplyPolicy.Progress, _ console: Console) {
        switch progress {
        case .compiled(let diagnostics): console.report(diagnostics)
        case .planned(let plan, let warnings):
            console.report(warnings)
            for line in plan.lines { console.say(line) }
            if plan.isEmpty { console.good("nothing to do: everything is as the configuration says") }
        case .recorded(let record): console.good("recorded: \(record.url.path)")
        case .begins(let step): console.say("  \(step) …")
        case .done(let step, let status): console.good("\(step): \(status)")
        }
    }

    static func text(_ outcome: ApplyPolicy.Outcome) -> String {
        var lines: [String] = []
        if let record = outcome.record { lines.append("record   \(record)") }
        lines.append("cluster  \(outcome.cluster) in \(outcome.region)")
        let width = outcome.results.map { $0.subject.count + $0.name.count + 1 }.max() ?? 0
        for result in outcome.results {
            let subject = "\(result.subject) \(result.name)".padding(toLength: width, withPad: " ", startingAt: 0)
            lines.append("  \(subject)  \(result.action)  \(result.status)")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
