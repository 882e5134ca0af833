/// What a change set does to one resource.
///
/// Source: AWS docs, ResourceChange (CloudFormation API).
public struct ResourceChange: Sendable, Equatable, Codable {
    /// What happens to the resource.
    public enum Action: String, Sendable, Codable, CaseIterable {
        case add = "Add"
        case modify = "Modify"
        case remove = "Remove"
        case resourceImport = "Import"
        /// What happens is only known while it happens.
        case dynamic = "Dynamic"
    }

    /// Whether the resource is made anew.
    public enum Replacement: String, Sendable, Codable, CaseIterable {
        case yes = "True"
        case no = "False"
        /// It depends on a value that is only known while it happens.
        case conditional = "Conditional"
    }

    /// What leads to a change.
    public struct Detail: Sendable, Equatable, Codable {
        /// `Properties`, `Tags`, `Metadata`, `DeletionPolicy` and so on.
        public let attribute: String
        /// The property, where the attribute is `Properties`.
        public let name: String?
        /// `Never`, `Conditionally` or `Always`.
        public let requiresRecreation: String?
        /// `Static`, or `Dynamic` where the new value is only known while it happens.
        public let evaluation: String?
        /// `DirectModification`, `ResourceReference`, `ResourceAttribute`, `ParameterReference` or `Automatic`.
        public let source: String?
        /// What it comes from: `Vpc` or `Vpc.CidrBlock`.
        public let causingEntity: String?
        /// The value before.
        public let before: String?
        /// The value afterwards.
        public let after: String?
    }

    /// What happens to the resource.
    public let action: Action
    /// The name in the template.
    public let logicalResourceID: String
    /// What AWS calls it; nil of a resource that is added.
    public let physicalResourceID: String?
    /// The type, such as `AWS::EC2::VPC`.
    public let resourceType: String
    /// Whether it is made anew; nil unless it is modified.
    public let replacement: Replacement?
    /// The attributes that change: `Properties`, `Tags`, `Metadata` and so on.
    public let scope: [String]
    /// What becomes of a resource that is removed or replaced: `Delete`, `Retain`, `Snapshot` and so on.
    public let policyAction: String?
    /// What leads to the change.
    public let details: [Detail]
    /// The change set of a nested stack.
    public let nestedChangeSetID: String?

    /// Reads an element `ResourceChange`; nil when it has no action, name or type.
    init?(_ element: XMLTree) {
        guard let action = element.string("Action").flatMap(Action.init(rawValue:)),
            let id = element.string("LogicalResourceId"), let type = element.string("ResourceType")
        else { return nil }
        self.action = action
        logicalResourceID = id
        physicalResourceID = element.string("PhysicalResourceId")
        resourceType = type
        replacement = element.string("Replacement").flatMap(Replacement.init(rawValue:))
        scope = element.list("Scope").map(\.text)
        policyAction = element.string("PolicyAction")
        details = element.list("Details").map(Detail.init)
        nestedChangeSetID = element.string("ChangeSetId")
    }
}

extension ResourceChange.Detail {
    fileprivate init(_ element: XMLTree) {
        let target = element["Target"]
        attribute = target?.string("Attribute") ?? "Properties"
        name = target?.string("Name")
        requiresRecreation = target?.string("RequiresRecreation")
        evaluation = element.string("Evaluation")
        source = element.string("ChangeSource")
        causingEntity = element.string("CausingEntity")
        before = target?.string("BeforeValue")
        after = target?.string("AfterValue")
    }
}
