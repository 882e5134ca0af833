import Diagnostics
import Foundation
import Testing
import YAML

/// One folder a case: `before.yaml`, `edit.txt` with one change a line, and `after.yaml` or `error.txt`.
@Suite struct EditTests {
    @Test func editsGiveTheExpectedBytes() throws {
        let folder = Golden.cases.appendingPathComponent("edit")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count >= 50)
        for name in names {
            let place = folder.appendingPathComponent(name)
            let before = try Golden.bytes(place.appendingPathComponent("before.yaml"))
            let script = try String(contentsOf: place.appendingPathComponent("edit.txt"), encoding: .utf8)
            do {
                var editor = try DocumentEditor(SourceFile(name: "before.yaml", bytes: before))
                for line in script.split(separator: "\n") { try EditCommand.run(String(line), &editor) }
                #expect(!exists(place, "error.txt"), "\(name): an error is expected")
                try Golden.expect(editor.bytes, equals: place.appendingPathComponent("after.yaml"))
            } catch let error as DiagnosticError {
                #expect(!exists(place, "after.yaml"), "\(name): \(TextRenderer().render(error.diagnostics))")
                let rendered = TextRenderer().render(error.diagnostics)
                try Golden.expect(Array(rendered.utf8), equals: place.appendingPathComponent("error.txt"))
            }
        }
    }

    private func exists(_ folder: URL, _ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
}

/// A line of an edit script: `set PATH VALUE`, `typed PATH TEXT`, `append PATH VALUE`, `remove PATH`,
/// `rename PATH KEY`, `order KEY…` for the `set` lines that follow. Values are YAML on one line.
enum EditCommand {
    static func run(_ line: String, _ editor: inout DocumentEditor) throws {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        let path = try YAMLPath(parsing: words[1])
        let rest = words.count > 2 ? words[2] : ""
        switch words[0] {
        case "set": try editor.set(path, to: try value(rest))
        case "typed": try editor.set(path, to: .typed(rest))
        case "append": try editor.append(try value(rest), to: path)
        case "remove": try editor.remove(path)
        case "rename": try editor.rename(path, to: rest)
        case "ordered":
            let order = ["kind", "name", "region", "eks", "vpc", "fsx", "tags"]
            try editor.set(path, to: try value(rest)) { _ in order }
        default: Issue.record("unknown command \(words[0])")
        }
    }

    private static func value(_ text: String) throws -> YAMLValue {
        let result = Parser.parse(SourceFile(name: "value", text: text))
        #expect(result.diagnostics.isEmpty)
        return result.document?.root.map { YAMLValue($0) } ?? .null
    }
}
