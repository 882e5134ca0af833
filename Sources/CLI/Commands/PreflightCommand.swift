internal import ArgumentParser
internal import Diagnostics
internal import StackGen

struct PreflightCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preflight",
        abstract: "Check what only AWS knows: permissions, quotas, zones, and what exists already.",
        discussion: """
            Asks with the caller's own credentials and changes nothing. Where the stack is there already, only what an
            update adds to it is counted. What the caller may not ask is a note. Ends with
            status 4 when something has to be mended before the stack can come up.
            """)

    @OptionGroup var target: ProjectArgument
    @OptionGroup var connection: ConnectionArguments
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let console = output.console
        let request = Preflight.Request(project: target.project, connection: connection.options)
        let report = try await Preflight.run(request, host: .terminal(console))
        console.report(report.diagnostics)
        try console.result(text(report), json: try RecordJSON.bytes(PreflightJSON(report)))
        if report.hasErrors { throw ExitStatus.preflightFailed.code }
    }

    private func text(_ report: Preflight.Report) -> String {
        let rows = report.checks.map { check in
            [Self.mark(check.status), check.name] + (check.diagnostics.isEmpty ? [] : [Self.words(check)])
        }
        var head = [["account", report.account], ["caller", report.callerARN], ["region", report.region]]
        if let stack = report.updatedStack { head.append(["update of", "\(stack); only what it adds is counted"]) }
        return Table.text(head) + Table.text(rows)
    }

    private static func mark(_ status: Preflight.Check.Status) -> String {
        switch status {
        case .passed: "✓"
        case .failed: "✗"
        case .doubtful: "!"
        case .unasked: "?"
        }
    }

    private static func words(_ check: Preflight.Check) -> String {
        let counts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity -> String? in
            let count = check.diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.joined(separator: ", ")
    }
}

/// The machine form of a report.
private struct PreflightJSON: Encodable {
    struct Check: Encodable {
        let name: String
        let status: Preflight.Check.Status
    }

    let account: String
    let caller: String
    let region: String
    /// The stack whose update was judged; left out for a new one.
    let updatedStack: String?
    let passed: Bool
    let checks: [Check]
    let schema: Int
    let diagnostics: [DiagnosticReport.Entry]

    private enum CodingKeys: String, CodingKey {
        case account, caller, region
        case updatedStack = "updated_stack"
        case passed, checks, schema, diagnostics
    }

    init(_ report: Preflight.Report) {
        let found = DiagnosticReport(report.diagnostics)
        account = report.account
        caller = report.callerARN
        region = report.region
        updatedStack = report.updatedStack
        passed = !report.hasErrors
        checks = report.checks.map { Check(name: $0.name, status: $0.status) }
        schema = found.schema
        diagnostics = found.diagnostics
    }
}
