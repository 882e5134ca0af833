import Diagnostics
import StackGen
import TestSupport
import Testing

/// Templates as files, with the rendered problems beside them; a template without problems has an empty file.
struct TemplateVerifierTests {
    private static let cases = CaseFolder("verify")

    @Test(arguments: try cases.names(ending: "yaml"))
    func problems(_ name: String) throws {
        let file = SourceFile(name: "\(name).yaml", bytes: try Self.cases.bytes("\(name).yaml"))
        var problems: [Diagnostic]
        do {
            problems = TemplateVerifier.problems(of: try EvaluatedTemplate(file))
        } catch let error as DiagnosticError {
            problems = error.diagnostics
        }
        try expectGolden(TextRenderer().render(problems), at: Self.cases.file("\(name).txt"))
    }

    @Test func everyRuleIsReached() throws {
        let golden = try Self.cases.names(ending: "txt").map {
            String(decoding: try Self.cases.bytes("\($0).txt"), as: UTF8.self)
        }
        let all = golden.joined()
        let unreached = CFNRule.allCases.filter { !all.contains("[\($0.id)]") && !Self.reachedInCode.contains($0) }
        #expect(unreached == [])
    }

    /// Rules about numbers, whose inputs would be large files: made by `limits`.
    private static let reachedInCode: [CFNRule] = [
        .bodySize, .resourceCount, .outputCount, .parameterCount, .mappingCount, .descriptionSize, .policySize,
    ]

    @Test(arguments: [
        (CFNRule.resourceCount, Text(template(resources: 501))),
        (.outputCount, Text(template(section: "Outputs", count: 201, entry: "{Value: x}"))),
        (.parameterCount, Text(template(section: "Parameters", count: 201, entry: "{Type: String, Default: x}"))),
        (.mappingCount, Text(template(section: "Mappings", count: 201, entry: "{A: {B: c}}"))),
        (.descriptionSize, Text("Description: \(String(repeating: "d", count: 1_025))\n" + template(resources: 1))),
        (.bodySize, Text(template(resources: 1) + "Metadata: {N: \(String(repeating: "n", count: 1_048_576))}\n")),
        (.policySize, Text(rolePolicy(length: 10_241))),
    ])
    func limits(_ rule: CFNRule, _ text: Text) throws {
        #expect(TemplateVerifier.problems(of: try text.template).map(\.id) == [rule.id])
    }

    @Test(arguments: [
        Text(template(resources: 500)), Text(template(section: "Outputs", count: 200, entry: "{Value: x}")),
        Text(rolePolicy(length: 9_000)),
    ])
    func insideTheLimits(_ text: Text) throws {
        #expect(TemplateVerifier.problems(of: try text.template).isEmpty)
    }

    /// A long template, which a report shows by its beginning only.
    struct Text: CustomTestStringConvertible {
        let content: String
        var testDescription: String { content.prefix(40) + "…" }
        var template: EvaluatedTemplate {
            get throws { try EvaluatedTemplate(SourceFile(name: "limits.yaml", text: content)) }
        }

        init(_ content: String) { self.content = content }
    }

    private static func template(resources count: Int) -> String {
        "Resources:\n" + (0..<count).map { "  R\($0): {Type: AWS::S3::Bucket}\n" }.joined()
    }

    private static func template(section: String, count: Int, entry: String) -> String {
        template(resources: 1) + "\(section):\n" + (0..<count).map { "  E\($0): \(entry)\n" }.joined()
    }

    private static func rolePolicy(length: Int) -> String {
        """
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              Policies:
                - PolicyName: p
                  PolicyDocument: {Statement: [{Resource: \(String(repeating: "r", count: length))}]}

        """
    }
}
