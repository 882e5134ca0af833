import Diagnostics
import Foundation
import Jinja
import Testing

/// Every example of `docs/templates.md` prints what the page says.
@Suite struct GuideTests {
    /// An example: the code blocks from one that begins with `jinja` to the next `output`.
    struct Example: CustomTestStringConvertible {
        var heading = ""
        var blocks: [String: String] = [:]

        var testDescription: String { heading + ": " + (blocks["jinja"]?.prefix(30) ?? "") }
    }

    static let page = CaseFile.root.appendingPathComponent("../../../docs/templates.md").standardizedFileURL

    static let examples: [Example] = {
        guard let text = try? String(contentsOf: page, encoding: .utf8) else { return [] }
        var examples: [Example] = []
        var current = Example()
        var open: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let name = open {
                if line == "```" {
                    open = nil
                    guard name == "output" else { continue }
                    examples.append(current)
                    current = Example(heading: current.heading)
                } else {
                    current.blocks[name, default: ""] += line + "\n"
                }
            } else if line.hasPrefix("```") {
                open = String(line.dropFirst(3))
            } else if line.hasPrefix("## ") {
                current.heading = String(line.dropFirst(3))
            }
        }
        return examples
    }()

    @Test func thereAreExamples() {
        #expect(Self.examples.count >= 13)
    }

    @Test(arguments: examples) func printsWhatThePageSays(_ example: Example) throws {
        func json(_ name: String) throws -> Value {
            try Value(json: SourceFile(name: name, text: example.blocks[name] ?? "{}"))
        }
        let templates = example.blocks.filter { $0.key.hasPrefix("jinja ") }
            .map { (String($0.key.dropFirst(6)), $0.value) }
        let request = RenderRequest(
            template: example.blocks["jinja"] ?? "", data: try json("json"),
            templates: Dictionary(uniqueKeysWithValues: templates),
            options: try Options(fields: try json("options").mapping))
        let trimmed = { (text: String) in text.trimmingCharacters(in: .newlines) }
        #expect(trimmed(try request.render()) == trimmed(example.blocks["output"] ?? ""))
    }
}
