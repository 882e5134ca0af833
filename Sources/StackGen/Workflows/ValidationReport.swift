internal import Diagnostics

/// The result of `validate` in one of its forms, made report by report.
///
///     var report = ValidationReport(format: .sarif)
///     try await Validate.run(["clusters"]) { write(report.add($0)) }
///     write(try report.end())
public struct ValidationReport: Sendable {
    /// The forms that there are.
    public enum Format: String, CaseIterable, Sendable {
        /// Lines for people; problems are printed apart.
        case text
        /// A `DiagnosticReport`.
        case json
        /// SARIF 2.1.0.
        case sarif
        /// JUnit's XML.
        case junit
        /// Commands of a GitHub workflow.
        case github
    }

    private let format: Format
    private let junit = JUnitReport()
    private var entries: [DiagnosticReport.Entry] = []
    private var last: Validate.Report?
    private var counts = Counts()

    /// An empty report of a form.
    public init(format: Format) {
        self.format = format
    }

    /// Whether any configuration has an error.
    public var hasErrors: Bool { counts.errors > 0 }

    /// Adds what was found of one configuration.
    /// - Returns: what can be printed already.
    public mutating func add(_ report: Validate.Report) -> String {
        defer {
            counts.add(report)
            last = report
        }
        // What people read is printed apart, and needs no entries.
        if format == .text { return text(report) }
        let lowered = report.diagnostics.map(DiagnosticReport.Entry.init)
        switch format {
        case .text: return ""
        case .json, .sarif:
            entries += lowered
            return ""
        case .junit:
            let header = counts.configs == 0 ? junit.header(tool: Self.tool) : ""
            return header + junit.text(of: JUnitReport.Suite(name: report.path, entries: lowered))
        case .github: return lowered.map(GitHubAnnotations.line).joined()
        }
    }

    /// - Returns: the rest of what is printed.
    /// - Throws: `EncodingError` when the problems cannot be expressed in JSON.
    public func end() throws -> String {
        switch format {
        case .text:
            if counts.configs == 1 { return last.map(Self.line) ?? "" }
            return counts.text
        case .json: return String(decoding: try RecordJSON.bytes(DiagnosticReport(entries: entries)), as: UTF8.self)
        case .sarif:
            let log = SARIFLog(
                entries, rules: RulePage.descriptions, tool: Self.tool, toolVersion: StackGenVersion.current)
            return String(decoding: try RecordJSON.bytes(log), as: UTF8.self)
        case .junit: return (counts.configs == 0 ? junit.header(tool: Self.tool) : "") + junit.footer
        case .github: return ""
        }
    }

    private static let tool = "stackgen"

    /// Of many configurations only those are named of which there is something to say; whether there are many is
    /// known from the second one on.
    private func text(_ report: Validate.Report) -> String {
        guard counts.configs > 0 else { return "" }
        let first = counts.configs == 1 ? last.map(remark) ?? "" : ""
        return first + remark(report)
    }

    private func remark(_ report: Validate.Report) -> String {
        report.diagnostics.isEmpty && report.fixes == 0 ? "" : Self.line(report)
    }

    private static func line(_ report: Validate.Report) -> String {
        let errors = report.diagnostics.count { $0.severity == .error }
        let warnings = report.diagnostics.count { $0.severity == .warning }
        let remarks = [
            errors == 0 ? "valid" : count(errors, "error"), promotion(report.promoted),
            warnings == 0 ? nil : count(warnings, "warning"),
            report.fixes == 0 ? nil : "fixed \(count(report.fixes, "problem"))",
        ]
        return "\(report.path): \(remarks.compactMap { $0 }.joined(separator: ", "))\n"
    }

    /// Says how many errors are errors only because a strict check was asked for.
    fileprivate static func promotion(_ number: Int) -> String? {
        number == 0 ? nil : "\(number) of them \(number == 1 ? "a warning" : "warnings") without --strict"
    }

    fileprivate static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}

/// How much was found in all.
private struct Counts: Sendable {
    private(set) var configs = 0
    private(set) var errors = 0
    private var invalid = 0
    private var warnings = 0
    private var fixes = 0
    private var promoted = 0

    mutating func add(_ report: Validate.Report) {
        configs += 1
        errors += report.diagnostics.count { $0.severity == .error }
        warnings += report.diagnostics.count { $0.severity == .warning }
        invalid += report.isValid ? 0 : 1
        fixes += report.fixes
        promoted += report.promoted
    }

    var text: String {
        let count = ValidationReport.count
        let found = [
            errors == 0 ? nil : count(errors, "error"), ValidationReport.promotion(promoted),
            warnings == 0 ? nil : count(warnings, "warning"),
        ]
        let list = found.compactMap { $0 }
        let remark = list.isEmpty ? "" : " (\(list.joined(separator: ", ")))"
        let mended = fixes == 0 ? "" : "; fixed \(count(fixes, "problem"))"
        let verdict = invalid == 0 ? "all valid" : "\(configs - invalid) valid, \(invalid) invalid"
        return "\(count(configs, "configuration")): \(verdict)\(remark)\(mended)\n"
    }
}
