internal import AWS
internal import ArgumentParser
internal import Foundation
internal import StackGen

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "What happened to a stack and its nested stacks, oldest first.")

    @OptionGroup var target: StackArguments

    @Option(name: .long, help: "At most so many, the newest.")
    var limit: Int?

    @Flag(name: .long, help: "Only events of a failure.")
    var failed = false

    @Flag(name: .long, help: "Only events since the last create, update or delete began.")
    var last = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes 1 or more, not \(limit)") }
    }

    func run() async throws {
        let events = try await StackHistory.events(
            of: try target.reference(), limit: limit, onlyFailures: failed, lastOperation: last, host: .terminal())
        let rows = events.map {
            [$0.timestamp, $0.resourceStatus, $0.resourceType, $0.logicalResourceID, $0.statusReason ?? ""]
        }
        try output.console.result(Table.text(rows), json: try RecordJSON.bytes(events))
    }
}

struct OutputsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outputs", abstract: "The outputs of a stack, or the value of one of them.")

    @OptionGroup var target: StackArguments

    @Option(name: .long, help: "Print the value of this output and nothing else.")
    var key: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let outputs = try await StackHistory.outputs(of: try target.reference(), host: .terminal())
        guard let key else {
            let values = Dictionary(outputs.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
            return try output.console.result(
                Table.text(outputs.map { [$0.key, $0.value] }), json: try RecordJSON.bytes(values))
        }
        guard let found = outputs.first(where: { $0.key == key }) else {
            throw WorkflowError(
                .preflight, "the stack has no output `\(key)`",
                advice: ["it has: \(outputs.map(\.key).joined(separator: ", "))"])
        }
        try output.console.result(found.value + "\n", json: try RecordJSON.bytes(found))
    }
}

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Compare what is there with what the template says; exit status 3 when anything differs.")

    @OptionGroup var target: StackArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await StackDrift.detect(try target.reference(), host: .terminal())
        try output.console.result(DriftText.text(report), json: try RecordJSON.bytes(report))
        if report.isDrifted { throw ExitStatus.changesPending.code }
    }
}

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Stop an update that is under way; the stack goes back to what it was.")

    @OptionGroup var target: StackArguments

    @Flag(name: .customLong("continue-rollback"), help: "Go on with a rollback that failed.")
    var continuesRollback = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A resource that the rollback leaves as it is; may be given more than once.", valueName: "logical-id"))
    var skip: [String] = []

    @Flag(name: .long, help: "Follow the stack until it is as it was.")
    var wait = false

    @OptionGroup var waiting: WaitArguments
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !skip.isEmpty, !continuesRollback { throw ValidationError("--skip goes with --continue-rollback") }
    }

    func run() async throws {
        let console = output.console
        var request = CancelOperation.Request(try target.reference())
        request.continuesRollback = continuesRollback
        request.skips = skip
        request.waits = wait
        request.timeout = waiting.duration
        let outcome = try await CancelOperation.run(request, host: .terminal()) { EventLine(console: console).tell($0) }
        try console.result("\(outcome.stackName): \(outcome.status)\n", json: try RecordJSON.bytes(outcome))
    }
}

/// A drift report as a person reads it.
enum DriftText {
    static func text(_ report: StackDrift.Report) -> String {
        var lines: [String] = []
        for module in report.modules {
            lines.append(module.name)
            for drift in module.resources {
                lines.append(
                    "  \(drift.status == "DELETED" ? "-" : "~") \(drift.logicalResourceID)  \(drift.resourceType)")
                lines += drift.differences.map { "      \($0.path): \($0.expected) → \($0.actual)" }
            }
        }
        lines.append("\(report.stackName): \(report.status), \(report.checkedCount) resources compared")
        if !report.uncheckedIDs.isEmpty {
            lines.append("not compared: \(report.uncheckedIDs.joined(separator: ", "))")
        }
        if let reason = report.reason { lines.append(reason) }
        return lines.map { $0 + "\n" }.joined()
    }
}
