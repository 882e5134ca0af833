internal import Diagnostics
internal import StackGen

/// The machine form of a failure, for `--output json`.
///
///     {"error": {"status": 4, "message": "…", "advice": ["…"]}, "schema": 1, "diagnostics": [ … ]}
struct FailureReport: Encodable {
    private struct Failure: Encodable {
        let status: Int32
        let message: String
        let advice: [String]
    }

    private let error: Failure
    private let schema: Int
    private let diagnostics: [DiagnosticReport.Entry]

    init(_ failure: WorkflowError, status: ExitStatus) {
        self.init(
            Failure(status: status.rawValue, message: failure.message, advice: failure.advice), failure.diagnostics)
    }

    init(_ diagnostics: [Diagnostic], status: ExitStatus) {
        let errors = diagnostics.filter { $0.severity == .error }
        let message = errors.first?.message ?? "the input has errors"
        self.init(Failure(status: status.rawValue, message: message, advice: []), diagnostics)
    }

    private init(_ error: Failure, _ diagnostics: [Diagnostic]) {
        let report = DiagnosticReport(diagnostics)
        self.error = error
        self.schema = report.schema
        self.diagnostics = report.diagnostics
    }
}
