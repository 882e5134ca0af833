import Diagnostics
import Foundation
import StackGen
import StackSchemas
import TestSupport
import Testing

/// Hosted folders whose template, lock or region is wrong, named after the rule, with the rendered problems beside
/// them; those that begin with `pass` have none.
struct HostedTemplateTests {
    private static let cases = CaseFolder("hosted")
    private static let names: [String] = {
        let found = try? FileManager.default.contentsOfDirectory(atPath: cases.url.path)
        return (found ?? []).sorted()
    }()

    @Test(arguments: names) func problems(_ name: String) throws {
        let folder = Self.cases.file(name)
        let found = problems(of: Project(path: folder.path))
        let id = String(name.prefix { $0 != "-" })
        #expect(found.contains { $0.id == id } != (id == "pass"))
        let text = TextRenderer().render(found).replacingOccurrences(of: folder.path, with: ".")
        try expectGolden(text, at: folder.appendingPathComponent("problems.txt"))
    }

    private func problems(of project: Project) -> [Diagnostic] {
        do {
            return try Compiler.compile(project).diagnostics
        } catch let error as DiagnosticError {
            return error.diagnostics
        } catch {
            Issue.record(error)
            return []
        }
    }

    /// The rest of the rules is about keys alone, or needs AWS: `HOST034` is tested with the local one.
    @Test func everyRuleOfTemplatesIsReached() {
        let rules: [HostedRule] = [
            .otherTemplate, .noRegion, .noParameters, .unknownParameter, .parameterValue, .changedTemplate,
        ]
        #expect(Set(Self.names.map { String($0.prefix { $0 != "-" }) }) == Set(rules.map(\.id) + ["pass"]))
    }
}
