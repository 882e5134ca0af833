import Diagnostics
import Foundation
import Testing

@testable import StackSchemas

/// What is generated from the schema.
@Suite struct GeneratorTests {
    private static let regions = Catalog.regions.all.filter {
        $0.cloudFormationTypes.contains("AWS::SageMaker::Cluster")
    }.map(\.name)

    @Test(arguments: regions) func scaffoldIsValid(_ region: String) {
        let text = Scaffold(name: "ml-cluster", region: region).configText(for: .clusterStack)
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: text))
        let serious = checked.diagnostics.filter { $0.severity != .note }
        #expect(serious.isEmpty, "\(TextRenderer().render(serious))")
        #expect(checked.plan != nil)
    }

    @Test func scaffoldNamesEveryKey() {
        let text = Scaffold(name: "ml-cluster", region: "us-east-1").configText(for: .clusterStack)
        for item in StackKind.clusterStack.info.paths {
            #expect(text.contains("\(item.field.key):"), "\(item.path) is not in the scaffold")
        }
        #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") || $0.count > 120 })
    }

    /// Every key that is commented out can be taken as it stands: its value has the right form.
    @Test func scaffoldExamplesHaveTheRightForm() {
        let lines = Scaffold(name: "ml-cluster", region: "us-east-1").configText(for: .clusterStack)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let keys = Set(StackKind.clusterStack.info.paths.map(\.field.key))
        var count = 0
        for (index, line) in lines.enumerated() {
            guard let match = line.firstMatch(of: /^( *)# ([a-z0-9_]+)(: .+)$/), keys.contains(String(match.2)) else {
                continue
            }
            var changed = lines
            changed[index] = String(match.1 + match.2 + match.3)
            let checked = ConfigChecker.check(SourceFile(name: "c", text: changed.joined(separator: "\n")))
            let shape = checked.diagnostics.filter { $0.id.hasPrefix("SCHEMA") || $0.id.hasPrefix("YAML") }
            #expect(shape.isEmpty, "\(TextRenderer().render(shape))")
            count += 1
        }
        #expect(count > 40)
    }

    @Test func scaffoldOfAnUnknownRegionHasNoError() {
        let text = Scaffold(name: "ml-cluster", region: "eu-north-9").configText(for: .clusterStack)
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", text: text))
        #expect(!checked.hasErrors, "\(TextRenderer().render(checked.diagnostics))")
    }

    @Test func generatedTextsAreKept() throws {
        let kind = StackKind.clusterStack
        let folder = Golden.cases.appending(path: "generated")
        let texts = [
            "config.yaml": Scaffold(name: "ml-cluster", region: "us-east-1").configText(for: kind),
            "cluster-stack.schema.json": JSONSchemaWriter.text(for: kind),
            "cluster-stack.md": ReferencePage.text(for: kind),
            "explain-eks.version.txt": Explain.text(for: "eks.version", kind: kind) ?? "",
            "explain-fsx004.txt": Explain.text(for: "fsx004", kind: kind) ?? "",
        ]
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            try Golden.expect(text, at: folder.appending(path: name))
        }
    }

    @Test func schemaIsJSON() throws {
        let data = Data(JSONSchemaWriter.text(for: .clusterStack).utf8)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test func infoSurvivesCoding() throws {
        let info = StackKind.clusterStack.info
        let again = try JSONDecoder().decode(SchemaInfo.self, from: JSONEncoder().encode(info))
        #expect(again.paths.map(\.path) == info.paths.map(\.path))
    }
}
