import Foundation
import Testing

@testable import AWS

@Suite struct CreateStackTests {
    /// Every scalar below U+0100, and some beyond, must arrive as they are.
    private static let template =
        (0..<256).compactMap { UnicodeScalar($0) }.map { String($0) }.joined() + "日本😀\r\n\n trailing  \n"

    @Test func bodyHoldsTheTemplateByteForByte() throws {
        let input = CreateStackInput(stackName: "s", templateBody: Self.template)
        let endpoint = Endpoint(
            url: HTTPURL(scheme: "https", host: "h"), region: "us-east-1", isCustom: true, source: "t")
        let body = String(decoding: input.makeRequest(to: endpoint).body, as: UTF8.self)
        let field = try #require(body.split(separator: "&").first { $0.hasPrefix("TemplateBody=") })
        let decoded = try #require(String(field.dropFirst("TemplateBody=".count)).removingPercentEncoding)
        #expect(Data(decoded.utf8) == Data(Self.template.utf8))
        #expect(body.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test func keepsItsValueAsJSON() throws {
        var input = RequestGoldenTests.createStack
        input.templateBody = Self.template
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(input)
        let decoded = try JSONDecoder().decode(CreateStackInput.self, from: data)
        #expect(decoded == input)
        #expect(decoded.templateBody.map { Array($0.utf8) } == Array(Self.template.utf8))
        let keys = (try JSONSerialization.jsonObject(with: data) as? [String: Any])?.keys.sorted()
        #expect(
            keys == [
                "Capabilities", "ClientRequestToken", "EnableTerminationProtection", "NotificationARNs", "OnFailure",
                "Parameters", "RoleARN", "StackName", "StackPolicyBody", "Tags", "TemplateBody", "TimeoutInMinutes",
            ])
    }
}
