internal import ArgumentParser
internal import Diagnostics
internal import StackGen

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check configurations: every problem, at its place.",
        discussion: """
            Reads each configuration, checks it against the schema and the rules, evaluates its template and checks
            that too. Nothing is written and nothing is sent.
            """)

    @Argument(help: "Folders with config.yaml, or configuration files.", completion: .file(extensions: ["yaml"]))
    var paths: [String] = ["."]

    @Flag(name: .long, help: "Treat warnings as errors.")
    var strict = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let console = output.console
        let reports = paths.map { Validate.run(Project(path: $0)) }
        let diagnostics = reports.flatMap(\.diagnostics)
        if console.format == .text { console.report(diagnostics) }
        try console.result(
            summary(reports), json: try RecordJSON.bytes(DiagnosticReport(diagnostics)))
        let limit: Diagnostic.Severity = strict ? .warning : .error
        if diagnostics.contains(where: { $0.severity >= limit }) { throw ExitStatus.invalidInput.code }
    }

    private func summary(_ reports: [Validate.Report]) -> String {
        reports.map { report in
            let errors = report.diagnostics.count { $0.severity == .error }
            let warnings = report.diagnostics.count { $0.severity == .warning }
            let verdict = errors == 0 ? "valid" : "\(errors) \(errors == 1 ? "error" : "errors")"
            let remark = warnings == 0 ? "" : ", \(warnings) \(warnings == 1 ? "warning" : "warnings")"
            return "\(report.path): \(verdict)\(remark)\n"
        }.joined()
    }
}
