import Diagnostics
import Foundation
import Jinja
import Testing

/// Cases whose results are ours alone: the text of errors, and the JSON and YAML modes.
///
/// With `STACKGEN_RECORD=1` in the environment the golden files are rewritten, and the test still fails.
@Suite struct GoldenTests {
    @Test(
        arguments: CaseFile.all(in: "errors") + CaseFile.all(in: "escaping")
            + CaseFile.all(in: "extras"))
    func matchesGolden(_ file: CaseFile) throws {
        var actual = ""
        for item in try file.cases() {
            actual += "=== \(item.name)\n" + Self.outcome(try item.request()) + "\n"
        }
        let golden = file.sibling("golden")
        if ProcessInfo.processInfo.environment["STACKGEN_RECORD"] == "1" {
            try Data(actual.utf8).write(to: golden)
            Issue.record("recorded \(golden.lastPathComponent)")
            return
        }
        let expected = try String(contentsOf: golden, encoding: .utf8)
        #expect(
            Array(actual.utf8) == Array(expected.utf8), "\(file.testDescription) is now:\n\(actual)")
    }

    @Test func everyGoldenHasItsCases() throws {
        for folder in ["errors", "escaping", "extras"] {
            for golden in CaseFile.all(in: folder, extension: "golden") {
                #expect(
                    FileManager.default.fileExists(atPath: golden.sibling("txt").path), "\(golden.url.path)")
            }
        }
    }

    private static func outcome(_ request: RenderRequest) -> String {
        do {
            return try request.render() + "\n"
        } catch let error as TemplateError {
            return TextRenderer().render(error.diagnostics)
        } catch let error as RenderError {
            return TextRenderer().render(error.diagnostics)
        } catch {
            return "\(error)\n"
        }
    }
}
