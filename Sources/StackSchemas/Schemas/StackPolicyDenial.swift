/// A denial of the stack policy: what updates may not do to which resources.
public struct StackPolicyDenial: Record {
    /// What is denied.
    public var deny: [UpdateAction] = []
    /// The resources, by their names in the template.
    public var resources: [LogicalIDPattern] = []
    /// The types of the resources.
    public var resourceTypes: [ResourceTypePattern] = []

    /// All defaults.
    public init() {}

    /// What an update does to a resource (AWS docs: Prevent updates to stack resources).
    public enum UpdateAction: String, Choice {
        /// A change in place.
        case modify = "Modify"
        /// A new resource in place of the one that is there.
        case replace = "Replace"
        /// The end of the resource.
        case delete = "Delete"
    }

    /// The fields.
    public static let schema = RecordSchema<StackPolicyDenial>(
        "stack_policy_denial", "What updates may not do to which resources."
    ) {
        Field(
            "deny", \.deny, "What updates may not do.", required: true, limits: .count(1...3, unique: true),
            example: .list(["Replace", "Delete"]), source: "AWS docs: Prevent updates to stack resources")
        Field(
            "resources", \.resources, "The resources, by logical id; without them, all.",
            limits: .count(0...100, unique: true), example: .list(["EksCluster"]))
        Field(
            "resource_types", \.resourceTypes, "The types of the resources; without them, all.",
            limits: .count(0...100, unique: true), example: .list(["AWS::FSx::*"]))
    }
}
