internal import ArgumentParser
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

    @OptionGroup var arguments: SubmissionArguments

    @Option(
        name: .customLong("template-version"),
        help: "The version of the template that AWS publishes, for hosted stacks; by default the newest.")
    var templateVersion: Int?

    @Flag(name: .long, help: "Leave clock, caller and repository out of the record, so that it is the same everywhere.")
    var reproducible = false

    func run() async throws {
        let console = arguments.output.console
        if try ApplyPolicy.isPolicy(arguments.target.project) { return try await applyPolicy(console) }
        var request = arguments.request
        request.isReproducible = reproducible
        request.templateVersion = templateVersion
        let talk = SubmissionTalk(console: console)
        let outcome = try await CreateStack.run(request, host: .terminal(console)) { talk.tell($0) }
        _ = try await GovernanceAfterStack(console: console, arguments: arguments).finish(outcome)
    }

    /// A policy has no stack: it is planned and applied.
    private func applyPolicy(_ console: Console) async throws {
        var request = ApplyPolicy.Request(project: arguments.target.project)
        request.connection = arguments.connection.options
        request.isDryRun = arguments.isDryRun
        request.timeout = arguments.waiting.duration
        request.recordURL = arguments.record.map { URL(fileURLWithPath: $0) }
        try await PolicyApplication(console: console, agrees: arguments.yes).run(request)
    }
}
