internal import YAML

/// What CloudFormation must be allowed to do for a template.
///
/// Source: AWS docs, CreateStack (CloudFormation API), `Capabilities`.
public enum Capabilities {
    /// The capabilities that a template needs, sorted.
    ///
    /// Roles without a name need `CAPABILITY_IAM`; named ones `CAPABILITY_NAMED_IAM`, which includes it; macros
    /// need `CAPABILITY_AUTO_EXPAND`. What a nested stack from somewhere else holds is not known here, and AWS
    /// changes its published templates, so a template with one asks for all three.
    public static func needed(by template: EvaluatedTemplate) -> [String] {
        var capabilities: Set<String> = []
        for resource in template.resources {
            if resource.type == "AWS::CloudFormation::Stack" { return all }
            guard resource.type.hasPrefix("AWS::IAM::") else { continue }
            capabilities.insert("CAPABILITY_IAM")
            let properties = resource.body["Properties"]
            if nameProperties.contains(where: { properties?[$0] != nil }) {
                capabilities.insert("CAPABILITY_NAMED_IAM")
            }
        }
        if template.root["Transform"] != nil { capabilities.insert("CAPABILITY_AUTO_EXPAND") }
        return capabilities.sorted()
    }

    private static let all = ["CAPABILITY_AUTO_EXPAND", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]

    private static let nameProperties = [
        "GroupName", "InstanceProfileName", "ManagedPolicyName", "RoleName", "UserName",
    ]
}
