internal import Foundation
internal import StackSchemas

/// The stack policy that the denials of a configuration stand for.
///
/// Source: AWS docs, "Prevent updates to stack resources".
enum StackPolicyText {
    /// A policy as CloudFormation takes it.
    private struct Policy: Codable, Equatable {
        var Statement: [PolicyStatement]
    }

    private struct PolicyStatement: Codable, Equatable {
        var Effect: String
        var Action: [String]
        var Principal = "*"
        var Resource: [String]
        var Condition: [String: [String: [String]]]?
    }

    /// The policy as JSON with sorted keys; `nil` without denials.
    ///
    /// A policy forbids what it does not allow, so it begins with allowing everything.
    static func text(_ denials: [StackPolicyDenial]) -> String? {
        guard !denials.isEmpty else { return nil }
        let everything = PolicyStatement(Effect: "Allow", Action: ["Update:*"], Resource: ["*"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(Policy(Statement: [everything] + denials.map(statement))) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func statement(_ denial: StackPolicyDenial) -> PolicyStatement {
        let resources = denial.resources.map { "LogicalResourceId/\($0.text)" }
        let types = denial.resourceTypes.map(\.text)
        return PolicyStatement(
            Effect: "Deny", Action: denial.deny.map { "Update:\($0.rawValue)" },
            Resource: resources.isEmpty ? ["*"] : resources,
            Condition: types.isEmpty ? nil : ["StringLike": ["ResourceType": types]])
    }

    /// Whether two policies say the same, whatever their spaces and the order of their keys.
    static func isSame(_ one: String, _ other: String?) -> Bool {
        func parsed(_ text: String) -> NSDictionary? {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? NSDictionary
        }
        guard let other, let first = parsed(one) else { return false }
        return first == parsed(other)
    }
}
