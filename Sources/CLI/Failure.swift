internal import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import StackGen

/// Turns an error into words and an exit status.
enum Failure {
    /// Says what went wrong and ends the process.
    static func exit(with error: any Error) -> Never {
        let console = Console(format: wantsJSON ? .json : .text)
        switch error {
        case let status as ExitCode:
            Foundation.exit(status.rawValue)
        case let problems as DiagnosticError:
            console.report(problems.diagnostics)
            printJSON(FailureReport(problems.diagnostics, status: .invalidInput), console)
            Foundation.exit(ExitStatus.invalidInput.rawValue)
        case let failure as WorkflowError:
            say(failure, to: console)
            printJSON(FailureReport(failure, status: status(of: failure.cause)), console)
            Foundation.exit(status(of: failure.cause).rawValue)
        default: exitAsParser(error, console)
        }
    }

    /// A failure may come before the options were read, so the command line itself is asked.
    private static var wantsJSON: Bool {
        let arguments = CommandLine.arguments
        return arguments.contains("--output=json")
            || zip(arguments, arguments.dropFirst()).contains { $0 == "--output" && $1 == "json" }
    }

    private static func printJSON(_ report: FailureReport, _ console: Console) {
        guard console.format == .json, let bytes = try? RecordJSON.bytes(report) else { return }
        console.output(bytes)
    }

    private static func say(_ failure: WorkflowError, to console: Console) {
        console.report(failure.diagnostics)
        if failure.diagnostics.isEmpty { console.fail(failure.message) }
        for line in failure.advice { console.say("  \(line)") }
    }

    /// The statuses of `docs/exit-statuses.md`.
    private static func status(of cause: WorkflowError.Cause) -> ExitStatus {
        switch cause {
        case .usage: .usage
        case .invalidInput: .invalidInput
        case .preflight: .preflightFailed
        case .stackFailed: .stackFailed
        case .timedOut: .timedOut
        case .environment: .environment
        case .service: .service
        case .machine: .failure
        }
    }

    /// Help and version are no failures; a wrong command line has the AWS CLI's status.
    private static func exitAsParser(_ error: any Error, _ console: Console) -> Never {
        let code = Stackgen.exitCode(for: error)
        if code == .success { Stackgen.exit(withError: error) }
        let isUsage = code == .validationFailure
        console.say(isUsage ? Stackgen.fullMessage(for: error) : "error: \(error)")
        Foundation.exit((isUsage ? ExitStatus.usage : .failure).rawValue)
    }
}
