import Diagnostics
import Foundation
import Jinja
import Testing

/// The corpus: every case has to print what Jinja2 printed for it, or fail where Jinja2 failed.
@Suite struct LanguageTests {
    @Test(arguments: CaseFile.all(in: "language")) func agreesWithJinja2(_ file: CaseFile) throws {
        let expected = try Self.expectations(file.sibling("expected.json"))
        let cases = try file.cases()
        #expect(
            cases.count == expected.count,
            "run Cases/generate.py: cases and expectations differ in number")
        for item in cases {
            guard case .dict(let result)? = expected[item.name] else {
                Issue.record(
                    "no expectation for \(file.testDescription)/\(item.name): run Cases/generate.py")
                continue
            }
            Self.compare(try Self.outcome(item), result, "\(file.testDescription)/\(item.name)")
        }
    }

    private static func compare(
        _ outcome: Result<String, any Error>, _ expected: DictValue, _ name: String
    ) {
        switch outcome {
        case .success(let output):
            let wanted = expected["output"]?.stringValue
            #expect(wanted.map { Array($0.utf8) } == Array(output.utf8), "\(name): \(output)")
        case .failure(let error):
            guard let kind = expected["error"]?.stringValue else {
                Issue.record("\(name) failed: \(error)")
                return
            }
            if kind != "any" { #expect(Self.kind(error) == kind, "\(name)") }
        }
    }

    private static func outcome(_ item: CaseFile.Case) throws -> Result<String, any Error> {
        let request = try item.request()
        return Result { try request.render() }
    }

    private static func kind(_ error: any Error) -> String {
        if error is TemplateError { return "template" }
        return (error as? RenderError)?.kind.rawValue ?? "other"
    }

    private static func expectations(_ url: URL) throws -> [String: Value] {
        let bytes = Array(try Data(contentsOf: url))
        let mapping = try Value(json: SourceFile(name: url.lastPathComponent, bytes: bytes)).mapping
        return zip(mapping.keys, mapping.values).reduce(into: [:]) { $0[$1.0.stringValue ?? ""] = $1.1 }
    }
}
