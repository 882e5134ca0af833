import Diagnostics
import Foundation
import StackGen
import TestSupport
import Testing

/// Projects with templates of their own that evaluate to something wrong, with the rendered problems beside them:
/// each points into the template and at the values that feed it.
struct TemplateOriginsTests {
    private static let cases = CaseFolder("origins")
    private static let names = ["crlf", "mistakes", "names", "syntax"]

    @Test(arguments: names)
    func problemsPointIntoTheTemplate(_ name: String) throws {
        let folder = Self.cases.file(name)
        let report = Validate.run(Project(path: folder.path))
        let text = TextRenderer().render(report.diagnostics)
        #expect(text.contains("cfn_params.jinja"))
        try expectGolden(
            text.replacingOccurrences(of: folder.path + "/", with: ""),
            at: folder.appendingPathComponent("problems.txt"))
    }

    @Test func everyCaseIsRun() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.cases.url.path)
        #expect(found.sorted() == Self.names)
    }

    /// Every value of the configuration that the template prints is found to feed what was printed of it.
    @Test(arguments: ["name", "region", "vpc.cidr", "instance_groups[1].name", "instance_groups[0].count"])
    func everyPrintedValueIsFound(_ path: String) throws {
        let folder = try TemporaryFolder()
        let config = try Self.cases.bytes("names/config.yaml")
        try Data(config).write(to: folder.url.appendingPathComponent("config.yaml"))
        let template = "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    DependsOn: {{ \(path) }}\n"
        try Data(template.utf8).write(to: folder.url.appendingPathComponent("cfn_params.jinja"))
        let problems = Validate.run(Project(path: folder.url.path)).diagnostics.filter { $0.severity == .error }
        #expect(problems.map(\.id) == ["CFN009"])
        #expect(problems.first?.span?.text == path)
        #expect(problems.first?.notes.contains { $0.message == "it comes from `\(path)`" } == true)
    }
}
