import Diagnostics
import Foundation
import StackSchemas
import Testing

/// Problems of shape: exact texts beside the inputs.
@Suite struct SchemaTests {
    private static let inputs = Golden.files(in: "schema", extension: "yaml")

    @Test(arguments: inputs) func reportsShape(_ url: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: url))
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", bytes: bytes))
        #expect(checked.hasErrors, "\(url.lastPathComponent) has no error")
        let text = TextRenderer().render(checked.diagnostics)
        try Golden.expect(text, at: url.deletingPathExtension().appendingPathExtension("txt"))
    }

    @Test func everyProblemOfShapeIsReached() throws {
        var reached: Set<String> = []
        for url in Self.inputs {
            let bytes = [UInt8](try Data(contentsOf: url))
            reached.formUnion(ConfigChecker.check(SourceFile(name: "c", bytes: bytes)).diagnostics.map(\.id))
        }
        #expect(SchemaRule.allCases.map(\.id).filter { !reached.contains($0) } == [])
    }

    @Test func everyExpectationHasAnInput() {
        let inputs = Set(Self.inputs.map { $0.deletingPathExtension().path })
        let texts = Golden.files(in: "schema", extension: "txt")
        #expect(texts.filter { !inputs.contains($0.deletingPathExtension().path) }.map(\.path) == [])
    }

    @Test(arguments: ["1.30", "\"1.30\"", "'1.30'"]) func keepsVersionsAsWritten(_ version: String) {
        let checked = ConfigChecker.check(.minimal("eks: {version: \(version)}\n"))
        #expect(checked.templateContext?["eks"]?["version"] == "1.30")
    }

    @Test(arguments: [
        "eks:\n  version: 1.33  # stackgen: allow EKS004 because we pay for it\n",
        "eks:\n  # stackgen: allow EKS004 because we pay for it\n  # more words\n\n  version: 1.33\n",
    ]) func silencesWithAReason(_ text: String) {
        let checked = ConfigChecker.check(.minimal(text))
        #expect(checked.diagnostics.map(\.id) == [])
        #expect(checked.silenced.map(\.id) == ["EKS004"])
        #expect(checked.silenced.first?.reason == "we pay for it")
    }

    @Test func silencesInTheWholeConfiguration() {
        let text = "eks:\n  version: 1.33\nallow:\n  - rule: EKS004\n    reason: we pay for it\n"
        let checked = ConfigChecker.check(.minimal(text))
        #expect(checked.diagnostics.map(\.id) == [])
        #expect(checked.silenced.map(\.id) == ["EKS004"])
        #expect(checked.silenced.first?.reason == "we pay for it" && checked.silenced.first?.line == 15)
    }

    @Test(arguments: ["HLM001", "NONE999"]) func allowsOnlyWhatCanBeAllowed(_ id: String) {
        let text = "helm:\n  install: false\nallow:\n  - {rule: \(id), reason: no}\n"
        let checked = ConfigChecker.check(.minimal(text))
        #expect(checked.diagnostics.map(\.id) == ["HLM001", SchemaRule.silencing.id])
        #expect(checked.diagnostics.last?.span?.text == id)
    }

    @Test func silencesNoErrorAndNoOtherPlace() {
        let other = ConfigChecker.check(.minimal("# stackgen: allow EKS004 because no\neks:\n  version: 1.33\n"))
        #expect(other.diagnostics.map(\.id) == ["EKS004"])
        let error = ConfigChecker.check(.minimal("helm:\n  install: false # stackgen: allow HLM001 because no\n"))
        #expect(error.diagnostics.map(\.id) == ["HLM001", SchemaRule.silencing.id])
        let none = ConfigChecker.check(.minimal("# stackgen: allow EKS044 because no\nhelm: {}\n"))
        #expect(none.diagnostics.map(\.id) == [SchemaRule.silencing.id])
    }

    /// An error that stands on a catalog, or on what only some services refuse, is answered with a reason.
    @Test(arguments: ["STK002", "GRP032"]) func answersAnError(_ id: String) throws {
        let file = Golden.cases.appending(path: "rules/\(id)/fail.yaml")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let before = ConfigChecker.check(SourceFile(name: "c", text: text))
        #expect(before.diagnostics.filter { $0.severity == .error }.map(\.id) == [id])
        let line = try #require(before.diagnostics.first { $0.id == id }?.span?.start.line)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        lines[line - 1] += "  # stackgen: allow \(id) because it is so by now"
        let after = ConfigChecker.check(SourceFile(name: "c", text: lines.joined(separator: "\n")))
        #expect(!after.hasErrors)
        #expect(after.silenced.map(\.reason) == ["it is so by now"])
    }
}

extension SourceFile {
    /// A valid configuration with further lines behind it.
    static func minimal(_ more: String = "") -> SourceFile {
        SourceFile(
            name: "config.yaml",
            text: """
                kind: cluster-stack
                version: "1.0"
                name: ml-cluster
                region: us-east-1
                vpc:
                  availability_zones: [use1-az4, use1-az6]
                instance_groups:
                  - name: workers
                    instance_type: ml.g5.12xlarge
                    count: 2
                    availability_zone: use1-az6

                """ + more)
    }
}
