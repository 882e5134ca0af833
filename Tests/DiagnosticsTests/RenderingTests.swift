import Diagnostics
import Foundation
import Testing

/// One folder a case: `source.txt`, `marks.txt` with one problem a line, and the renderings beside them.
///
/// A line of `marks.txt` is `severity|message|from|to|label|note from|note to|fix`; places are byte offsets.
@Suite struct RenderingTests {
    private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Cases")
    private static let isRecording = ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1"

    @Test func renderingsAreAsExpected() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.cases.path).sorted()
        #expect(names.count >= 15)
        for name in names {
            let folder = Self.cases.appendingPathComponent(name)
            let diagnostics = try Self.diagnostics(folder)
            #expect(!diagnostics.isEmpty)
            try expect(TextRenderer().render(diagnostics), folder.appendingPathComponent("plain.txt"))
            try expect(TextRenderer(style: .ansi).render(diagnostics), folder.appendingPathComponent("ansi.txt"))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let report = DiagnosticReport(diagnostics)
            let json = try encoder.encode(report)
            try expect(String(decoding: json, as: UTF8.self) + "\n", folder.appendingPathComponent("report.json"))
            #expect(try JSONDecoder().decode(DiagnosticReport.self, from: json) == report)
            let log = try encoder.encode(
                SARIFLog(report.diagnostics, rules: [Self.rule], tool: "stackgen", toolVersion: "1.0"))
            try expect(String(decoding: log, as: UTF8.self) + "\n", folder.appendingPathComponent("report.sarif"))
            let annotations = report.diagnostics.map(GitHubAnnotations.line).joined()
            try expect(annotations, folder.appendingPathComponent("github.txt"))
            #expect(annotations.split(separator: "\n").count == diagnostics.count)
            let junit = JUnitReport()
            let suite = JUnitReport.Suite(name: "dir/source.txt", entries: report.diagnostics)
            try expect(
                junit.header(tool: "stackgen") + junit.text(of: suite) + junit.footer,
                folder.appendingPathComponent("junit.xml"))
        }
    }

    private static let rule = RuleDescription(
        id: "TEST001", severity: .error, summary: "A test.", reason: "It is one.", source: "AWS docs: Tests")

    @Test func aLogWithoutProblemsHasNoRules() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let log = SARIFLog([], rules: [Self.rule], tool: "t", toolVersion: "1")
        #expect(
            String(decoding: try encoder.encode(log), as: UTF8.self)
                == #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","runs":[{"columnKind":"unicodeCodePoints","#
                + #""results":[],"tool":{"driver":{"name":"t","rules":[],"version":"1"}}}],"version":"2.1.0"}"#)
    }

    @Test func warningsFailAReportWhenAsked() {
        let entry = DiagnosticReport.Entry(.warning("TEST001", "a < b & \"c\""))
        let suite = JUnitReport.Suite(name: "f", entries: [entry])
        #expect(JUnitReport().text(of: suite).contains("failures=\"0\""))
        let strict = JUnitReport(failingFrom: .warning).text(of: suite)
        #expect(strict.contains("failures=\"1\"") && strict.contains("a &lt; b &amp; &quot;c&quot;"))
        #expect(JUnitReport().text(of: JUnitReport.Suite(name: "f", entries: [])).contains("name=\"valid\"/>"))
    }

    @Test func everyLineOfAnExcerptStandsInPlace() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.cases.path) {
            for diagnostic in try Self.diagnostics(Self.cases.appendingPathComponent(name)) {
                let text = TextRenderer().render(diagnostic)
                #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
                #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" })
            }
        }
    }

    private static func diagnostics(_ folder: URL) throws -> [Diagnostic] {
        let bytes = try Array(Data(contentsOf: folder.appendingPathComponent("source.txt")))
        let file = SourceFile(name: "dir/source.txt", bytes: bytes)
        let marks = try String(contentsOf: folder.appendingPathComponent("marks.txt"), encoding: .utf8)
        return marks.split(separator: "\n").map { line in
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            func part(_ index: Int) -> String? {
                parts.indices.contains(index) && !parts[index].isEmpty ? parts[index] : nil
            }
            func span(_ index: Int) -> SourceSpan? {
                guard let from = part(index).flatMap(Int.init), let to = part(index + 1).flatMap(Int.init) else {
                    return nil
                }
                return SourceSpan(file, from..<to)
            }
            return Diagnostic(
                Diagnostic.Severity(rawValue: parts[0]) ?? .error, "TEST001", parts[1], at: span(2), label: part(4),
                notes: span(5).map { [Diagnostic.Note("related place", at: $0)] } ?? [],
                fix: part(7).map { text in span(2).map { .replace($0, with: text) } ?? Diagnostic.Fix(text) })
        }
    }

    private func expect(_ actual: String, _ file: URL) throws {
        if Self.isRecording {
            try Data(actual.utf8).write(to: file)
            Issue.record("recorded \(file.path)")
            return
        }
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(Array(actual.utf8) == Array(expected.utf8), "\(file.path) differs:\n\(actual)")
    }
}
