import Diagnostics
import Foundation
import StackSchemas
import Testing

/// Every rule has inputs that break it, with the exact text of the problem, and inputs that do not.
@Suite struct RuleTests {
    private static let failing = Golden.files(in: "rules", extension: "yaml").filter {
        $0.lastPathComponent.hasPrefix("fail")
    }
    private static let passing = Golden.files(in: "rules", extension: "yaml").filter {
        $0.lastPathComponent.hasPrefix("pass")
    }

    private func check(_ url: URL) throws -> CheckedConfig {
        let bytes = [UInt8](try Data(contentsOf: url))
        return ConfigChecker.check(SourceFile(name: "config.yaml", bytes: bytes))
    }

    @Test(arguments: failing) func reportsWhatBreaksIt(_ url: URL) throws {
        let id = url.deletingLastPathComponent().lastPathComponent
        let checked = try check(url)
        #expect(checked.diagnostics.contains { $0.id == id }, "\(url.path) does not break \(id)")
        let text = TextRenderer().render(checked.diagnostics)
        try Golden.expect(text, at: url.deletingPathExtension().appendingPathExtension("txt"))
    }

    @Test(arguments: passing) func isSilentOtherwise(_ url: URL) throws {
        let id = url.deletingLastPathComponent().lastPathComponent
        let checked = try check(url)
        #expect(!checked.diagnostics.contains { $0.id == id }, "\(url.path) breaks \(id)")
        // Another problem could hide the rule by leaving a value unread.
        #expect(!checked.diagnostics.contains { $0.id.hasPrefix("SCHEMA") || $0.id.hasPrefix("YAML") }, "\(url.path)")
    }

    /// A fix that says which bytes to change takes the problem away.
    @Test(arguments: failing) func fixesHelp(_ url: URL) throws {
        let id = url.deletingLastPathComponent().lastPathComponent
        let checked = try check(url)
        let count = checked.diagnostics.filter { $0.id == id }.count
        guard let edit = checked.diagnostics.first(where: { $0.id == id })?.fix?.edits.first else { return }
        var bytes = edit.span.file.bytes
        bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
        let mended = ConfigChecker.check(SourceFile(name: "config.yaml", bytes: bytes))
        #expect(mended.diagnostics.filter { $0.id == id }.count < count, "\(url.path): \(edit.replacement)")
        #expect(!mended.diagnostics.contains { $0.id.hasPrefix("SCHEMA") || $0.id.hasPrefix("YAML") }, "\(url.path)")
    }

    @Test func everyRuleHasBoth() {
        let rules = Set(RuleRegistry.all.map(\.id) + Self.rulesOfOtherKinds)
        let failing = Set(Self.failing.map { $0.deletingLastPathComponent().lastPathComponent })
        let passing = Set(Self.passing.map { $0.deletingLastPathComponent().lastPathComponent })
        #expect(rules.subtracting(failing).sorted() == [])
        #expect(rules.subtracting(passing).sorted() == [])
        #expect(failing.union(passing).subtracting(rules).sorted() == [], "inputs of rules that do not exist")
    }

    /// Rules of the other kinds that judge a configuration by itself. The others judge what a template evaluated to, or
    /// what a service answers, or need to know that the command names no region.
    private static let rulesOfOtherKinds =
        HostedRule.allCases.filter { $0.id < HostedRule.noParameters.id && $0 != .noRegion }.map(\.id)
        + [PolicyRule.otherRegion.id]

    @Test func everyExpectationHasAnInput() {
        let inputs = Set(Self.failing.map { $0.deletingPathExtension().path })
        let orphans = Golden.files(in: "rules", extension: "txt").filter {
            !inputs.contains($0.deletingPathExtension().path)
        }
        #expect(orphans.map(\.path) == [])
    }
}
