internal import Diagnostics
internal import YAML

/// A use of an intrinsic function in a template, in its long or its short form.
///
/// Source: AWS docs, "Intrinsic function reference".
struct Intrinsic {
    /// The long name: `Ref`, `Condition` or `Fn::…`.
    let name: String
    /// What stands behind it.
    let argument: Node

    static let shortForms: [String: String] = [
        "!And": "Fn::And", "!Base64": "Fn::Base64", "!Cidr": "Fn::Cidr", "!Condition": "Condition",
        "!Equals": "Fn::Equals", "!FindInMap": "Fn::FindInMap", "!GetAZs": "Fn::GetAZs", "!GetAtt": "Fn::GetAtt",
        "!If": "Fn::If", "!ImportValue": "Fn::ImportValue", "!Join": "Fn::Join", "!Length": "Fn::Length",
        "!Not": "Fn::Not", "!Or": "Fn::Or", "!Ref": "Ref", "!Select": "Fn::Select", "!Split": "Fn::Split",
        "!Sub": "Fn::Sub", "!ToJsonString": "Fn::ToJsonString", "!Transform": "Fn::Transform",
    ]

    /// The intrinsic function that a node is, if it is one.
    init?(_ node: Node) {
        if let tag = node.tag, let name = Self.shortForms[tag] {
            self.name = name
            argument = node
        } else if let entries = node.mapping, entries.count == 1, let entry = entries.first,
            entry.name == "Ref" || entry.name.hasPrefix("Fn::")
        {
            name = entry.name
            argument = entry.value
        } else {
            return nil
        }
    }
}
