internal import ArgumentParser
internal import Foundation
internal import StackGen

struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare config.yaml with the deployed stack; exit status 3 when anything differs.",
        discussion: """
            Nothing is sent and nothing recorded. What CloudFormation would replace, `stackgen update --no-execute`
            tells.
            """)

    @OptionGroup var target: ProjectArgument
    @OptionGroup var connection: ConnectionArguments

    @Option(name: .customLong("stack-name"), help: "The stack's name, in place of the configuration's.")
    var stackName: String?

    @Flag(name: .long, help: "Compare with the last submitted run below run/, and ask nobody.")
    var offline = false

    @Flag(name: .long, help: "Have CloudFormation compare what is there with its template, too.")
    var drift = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if offline, drift { throw ValidationError("--drift asks AWS, which --offline does not") }
    }

    func run() async throws {
        var request = Submission.Request(project: target.project)
        request.connection = connection.options
        request.stackName = stackName
        let report = try await StackDiff.run(
            request, against: offline ? .lastRun : .stack, detectsDrift: drift, host: .terminal())
        try output.console.result(text(report), json: try RecordJSON.bytes(report))
        if report.hasDifferences { throw ExitStatus.changesPending.code }
    }

    private func text(_ report: StackDiff.Report) -> String {
        var text = report.hasDifferences ? "" : "no differences\n"
        if !report.changes.changes.isEmpty { text += ChangeText.text(report.changes) }
        for change in report.parameters {
            text += "\(change.name): \(change.was ?? "(none)") -> \(change.now ?? "(none)")\n"
        }
        if !report.sections.isEmpty {
            text += "other parts of the template: \(report.sections.joined(separator: ", "))\n"
        }
        if !report.settings.isEmpty { text += "settings of the stack: \(report.settings.joined(separator: ", "))\n" }
        if let drift = report.drift { text += "drift\n" + DriftText.text(drift) }
        return text + "compared with \(report.base)\n"
    }
}
