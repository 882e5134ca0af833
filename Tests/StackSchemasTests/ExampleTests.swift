import Diagnostics
import Foundation
import StackSchemas
import Testing

/// The examples of the repository.
@Suite struct ExampleTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "examples")

    private static let examples: [URL] = {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return found.compactMap { $0 as? URL }.filter {
            $0.pathExtension == "yaml" && $0.lastPathComponent != "jobs.yaml"
        }.sorted { $0.path < $1.path }
    }()

    @Test func thereAreExamples() {
        #expect(Self.examples.count >= 6)
    }

    @Test(arguments: examples) func hasNoError(_ url: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: url))
        let checked = ConfigChecker.check(SourceFile(name: url.lastPathComponent, bytes: bytes))
        #expect(!checked.hasErrors, "\(TextRenderer().render(checked.diagnostics))")
        #expect(checked.templateContext != nil)
    }
}
