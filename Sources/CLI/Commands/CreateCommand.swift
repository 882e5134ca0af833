internal import AWS
internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import StackGen

struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Compile, verify, record and submit: from config.yaml to a stack.",
        discussion: """
            The record is complete in run/ before anything is sent, and its cfn_params.yaml is what is sent. Running
            the command again after it was cut off never makes a second stack.
            """)

    @OptionGroup var target: ProjectArgument
    @OptionGroup var connection: ConnectionArguments

    @Option(name: .customLong("stack-name"), help: "The stack's name, in place of the configuration's.")
    var stackName: String?

    @Flag(name: .customLong("dry-run"), help: "Stop before the network: compile, verify and record.")
    var isDryRun = false

    @Flag(name: .long, help: "Follow the stack until its end; fail with the first cause when it fails.")
    var wait = false

    @OptionGroup var waiting: WaitArguments

    @Flag(name: [.customShort("y"), .long], help: "Agree to what would be asked for: a bucket for a long template.")
    var yes = false

    @Option(name: .long, help: "Write the record exactly there instead of below run/.", completion: .directory)
    var record: String?

    @Option(
        name: .customLong("template-version"),
        help: "The version of the template that AWS publishes, for hosted stacks; by default the newest.")
    var templateVersion: Int?

    @Flag(name: .long, help: "Leave clock, caller and repository out of the record, so that it is the same everywhere.")
    var reproducible = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        if try ApplyPolicy.isPolicy(target.project) { return try await applyPolicy(console) }
        var request = CreateStack.Request(project: target.project)
        request.connection = connection.options
        request.stackName = stackName
        request.isDryRun = isDryRun
        request.waits = wait
        request.timeout = waiting.duration
        request.assumesYes = yes
        request.recordURL = record.map { URL(fileURLWithPath: $0) }
        request.isReproducible = reproducible
        request.templateVersion = templateVersion
        let interruption = Interruption(console: console)
        let outcome = try await CreateStack.run(request, host: .live(confirm: Console.confirm)) { progress in
            CreateProgress(console: console, interruption: interruption).tell(progress)
        }
        try console.result(text(outcome), json: try RecordJSON.bytes(outcome))
    }

    /// A policy has no stack: it is planned and applied.
    private func applyPolicy(_ console: Console) async throws {
        var request = ApplyPolicy.Request(project: target.project)
        request.connection = connection.options
        request.isDryRun = isDryRun
        request.timeout = waiting.duration
        request.recordURL = record.map { URL(fileURLWithPath: $0) }
        try await PolicyApplication(console: console, agrees: yes).run(request)
    }

    private func text(_ outcome: CreateStack.Outcome) -> String {
        var lines: [String] = []
        if let record = outcome.record { lines.append("record   \(record)") }
        lines.append("stack    \(outcome.stackName) in \(outcome.region)")
        if let id = outcome.stackID { lines.append("         \(id)") }
        if let status = outcome.status { lines.append("status   \(status)") }
        if !outcome.outputs.isEmpty {
            lines.append("outputs")
            let width = outcome.outputs.keys.map(\.count).max() ?? 0
            for (key, value) in outcome.outputs.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(key.padding(toLength: width, withPad: " ", startingAt: 0))  \(value)")
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

/// Says what a creation is doing.
private struct CreateProgress: Sendable {
    let console: Console
    let interruption: Interruption

    func tell(_ progress: CreateStack.Progress) {
        switch progress {
        case .compiled(let compilation):
            console.report(compilation.diagnostics)
            if let count = compilation.parameterCount {
                console.good("evaluated: \(count) parameters, \(compilation.bytes.count) bytes")
            } else {
                let count = compilation.evaluated.resources.count
                console.good(
                    "evaluated: \(count) resources, \(compilation.bytes.count) bytes; references and limits hold")
            }
        case .recorded(let record, let isResumed):
            console.good(isResumed ? "resuming the record \(record.name)" : "recorded: \(record.url.path)")
        case .bucketCreated(let bucket): console.good("created the bucket s3://\(bucket)")
        case .uploaded(let url): console.good("template put to \(url)")
        case .found(let stack):
            console.good(
                "the stack \(stack.name) is there already, made from the same template: \(stack.status.rawValue)")
            interruption.arm(stack: stack.name)
        case .submitted(let stackID):
            console.good("submitted: \(stackID)")
            interruption.arm(stack: stackID)
        case .watching(let progress): EventLine(console: console).tell(progress)
        }
    }
}
