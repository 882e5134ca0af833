import Diagnostics
import Foundation
import Jinja
import Testing

/// What `docs/jinja-compatibility.md` says holds: its rows name tests that exist, its ids are the engine's.
@Suite struct CompatibilityPageTests {
    static let tests = CaseFile.root.deletingLastPathComponent()
    static let page = tests.appendingPathComponent("../../docs/jinja-compatibility.md").standardizedFileURL

    /// The cells of the rows of the table under a heading.
    static func rows(under heading: String) throws -> [[String]] {
        let text = try String(contentsOf: page, encoding: .utf8)
        guard let start = text.range(of: "## " + heading)?.upperBound else { return [] }
        let section = text[start...].components(separatedBy: "\n## ")[0]
        return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { row in
            row.dropFirst(2).dropLast(2).components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func everyDifferenceNamesTestsThatExist() throws {
        let rows = try Self.rows(under: "Where it differs on purpose")
        #expect(rows.count > 15)
        for row in rows {
            let references = (row.last ?? "").components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }
            #expect(!references.isEmpty, "no test is named for: \(row[0])")
            for (_, reference) in references { #expect(try Self.exists(reference), "\(reference)") }
        }
    }

    /// `folder/file: case, case`, `SomeTests: function, function` or `SomeTests`.
    private static func exists(_ reference: String) throws -> Bool {
        let parts = reference.components(separatedBy: ": ")
        let names = parts.count > 1 ? parts[1].components(separatedBy: ", ") : []
        if parts[0].hasSuffix("Tests") {
            let url = tests.appendingPathComponent(parts[0] + ".swift")
            let source = try String(contentsOf: url, encoding: .utf8)
            return names.allSatisfy { source.contains("func \($0)(") }
        }
        let file = CaseFile(url: CaseFile.root.appendingPathComponent(parts[0] + ".txt"))
        let cases = Set(try file.cases().map(\.name))
        return !names.isEmpty && names.allSatisfy(cases.contains)
    }

    @Test func theIdsAreTheOnesOfTheEngine() throws {
        let ids = ProblemDescription.all.map(\.id)
        #expect(try Self.rows(under: "Ids of problems").map { $0[0] } == ids)
        #expect(Set(ids).count == ids.count)
        for kind in RenderError.Kind.allCases { #expect(ids.contains(kind.diagnosticID), "\(kind)") }
    }
}
