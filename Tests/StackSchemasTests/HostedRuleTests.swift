import Diagnostics
import Foundation
import StackSchemas
import Testing

/// Every rule of the kind `hosted-stack` has configurations that break it, with the exact text of the problem, and
/// configurations that do not. Rules about evaluated templates are tested with those, in the tests of StackGen.
@Suite struct HostedRuleTests {
    private static func files(_ folder: String, _ prefix: String) -> [URL] {
        Golden.files(in: "hosted/\(folder)", extension: "yaml").filter { $0.lastPathComponent.hasPrefix(prefix) }
    }

    private static let failing = files("rules", "fail")
    private static let passing = files("rules", "pass")
    private static let shared = files("shared", "")

    private func check(_ url: URL) throws -> CheckedConfig {
        check([UInt8](try Data(contentsOf: url)))
    }

    private func check(_ bytes: [UInt8]) -> CheckedConfig {
        ConfigChecker.check(SourceFile(name: "config.yaml", bytes: bytes))
    }

    private func rule(of url: URL) -> String { url.deletingLastPathComponent().lastPathComponent }

    @Test(arguments: failing) func reportsWhatBreaksIt(_ url: URL) throws {
        let checked = try check(url)
        #expect(checked.kind?.name == "hosted-stack" || rule(of: url) == "HOST005")
        let expected = try #require(HostedRule(rawValue: rule(of: url)))
        let found = checked.diagnostics.filter { $0.id == expected.id }
        #expect(!found.isEmpty, "\(url.path) does not break \(expected.id)")
        #expect(found.allSatisfy { $0.severity == expected.severity && $0.span != nil })
        let text = TextRenderer().render(checked.diagnostics)
        try Golden.expect(text, at: url.deletingPathExtension().appendingPathExtension("txt"))
    }

    @Test(arguments: passing) func isSilentOtherwise(_ url: URL) throws {
        let checked = try check(url)
        #expect(!checked.hasErrors, "\(TextRenderer().render(checked.diagnostics))")
        #expect(!checked.diagnostics.contains { $0.id == rule(of: url) }, "\(url.path) breaks it")
    }

    /// A fix that says which bytes to change takes the problem away.
    @Test(arguments: failing) func fixesHelp(_ url: URL) throws {
        let problems = try check(url).diagnostics.filter { $0.id == rule(of: url) }
        guard let edit = problems.first(where: { $0.fix?.edits.isEmpty == false })?.fix?.edits.first else { return }
        var bytes = edit.span.file.bytes
        bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
        let left = check(bytes).diagnostics
        #expect(left.filter { $0.id == rule(of: url) }.count < problems.count, "\(edit.replacement)")
        #expect(!left.contains { $0.id.hasPrefix("SCHEMA") || $0.id.hasPrefix("YAML") })
    }

    /// What the rules of cluster-stack find is said in the keys of the hosted configuration.
    @Test(arguments: shared) func speaksInHostedKeys(_ url: URL) throws {
        let checked = try check(url)
        let id = String(url.deletingPathExtension().lastPathComponent.prefix { $0 != "-" })
        #expect(checked.diagnostics.contains { $0.id == id })
        let text = TextRenderer().render(checked.diagnostics)
        for key in ["`instance_", "`hyperpod.", "`vpc.", "`lifecycle", "`ebs_", "`min_count", "`image_"] {
            #expect(!text.contains(key) || text.contains("`instance_group_settings"), "\(key) is no key here")
        }
        try Golden.expect(text, at: url.deletingPathExtension().appendingPathExtension("txt"))
    }

    @Test func everyRuleHasBoth() {
        let elsewhere: [HostedRule] = [
            .noRegion, .noParameters, .unknownParameter, .parameterValue, .changedTemplate, .notPublished,
        ]
        let rules = Set(HostedRule.allCases.map(\.id)).subtracting(elsewhere.map(\.id))
        #expect(Set(Self.failing.map(rule)) == rules)
        #expect(Set(Self.passing.map(rule)) == rules)
    }

    @Test func everyExpectationHasAnInput() {
        let inputs = Set((Self.failing + Self.shared).map { $0.deletingPathExtension().path })
        let orphans = Golden.files(in: "hosted", extension: "txt").filter {
            !inputs.contains($0.deletingPathExtension().path)
        }
        #expect(orphans.map(\.path) == [])
    }
}
