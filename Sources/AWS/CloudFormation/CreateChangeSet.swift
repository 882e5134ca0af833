/// `CreateChangeSet`: has CloudFormation work out what a template would change, without changing anything.
///
/// Source: AWS docs, CreateChangeSet (CloudFormation API).
public struct CreateChangeSetInput: QueryOperation, Codable, Equatable {
    /// What the change set is for.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// A stack that does not exist yet; it comes to be in `REVIEW_IN_PROGRESS`.
        case create = "CREATE"
        /// A stack that is there.
        case update = "UPDATE"
        /// Resources that are there and become part of a stack.
        case resourceImport = "IMPORT"
    }

    /// A resource that is there and becomes part of the stack.
    public struct ResourceToImport: Sendable, Equatable, Codable {
        /// The type, such as `AWS::S3::Bucket`.
        public let resourceType: String
        /// The name in the template.
        public let logicalResourceID: String
        /// The properties that identify it, such as `BucketName`.
        public let identifier: [String: String]

        /// Names a resource.
        public init(resourceType: String, logicalResourceID: String, identifier: [String: String]) {
            self.resourceType = resourceType
            self.logicalResourceID = logicalResourceID
            self.identifier = identifier
        }

        enum CodingKeys: String, CodingKey {
            case resourceType = "ResourceType"
            case logicalResourceID = "LogicalResourceId"
            case identifier = "ResourceIdentifier"
        }
    }

    /// What CloudFormation answers with.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN of the change set.
        public let changeSetID: String
        /// The ARN of the stack.
        public let stackID: String
        /// The request id, for AWS Support; nil when the answer has none.
        public let requestID: String?

        /// What is known of a change set.
        public init(changeSetID: String, stackID: String, requestID: String?) {
            self.changeSetID = changeSetID
            self.stackID = stackID
            self.requestID = requestID
        }
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `CreateChangeSet`.
    public static let name = "CreateChangeSet"

    /// The stack's name or ARN.
    public var stackName: String
    /// The change set's name: a letter, then letters, digits and hyphens, up to 128 characters.
    public var changeSetName: String
    /// What it is for.
    public var kind: Kind
    /// The template itself, up to 51,200 bytes; give this or `templateURL`.
    public var templateBody: String?
    /// The address of the template in S3, up to 1 MB.
    public var templateURL: String?
    /// Values of the template's parameters.
    public var parameters: [StackParameter] = []
    /// What the template may do, such as `CAPABILITY_NAMED_IAM`.
    public var capabilities: [String] = []
    /// Tags, up to 50.
    public var tags: [StackTag] = []
    /// With the same token a second call does not make a second change set.
    public var clientToken: String?
    /// What happens to a new stack on failure; nil is rollback.
    public var onStackFailure: CreateStackInput.OnFailure?
    /// The role that CloudFormation works with; nil is the one the stack has, or the caller.
    public var roleARN: String?
    /// SNS topics that are told of events; nil keeps those that the stack has.
    public var notificationARNs: [String]?
    /// The alarms that take an operation back.
    public var rollbackConfiguration: RollbackConfiguration?
    /// The resources of an import.
    public var resourcesToImport: [ResourceToImport] = []
    /// Whether resources that are there already under a name that the template writes out become part of the stack;
    /// nil is no.
    public var importsExistingResources: Bool?

    /// Makes the input.
    public init(stackName: String, changeSetName: String, kind: Kind) {
        self.stackName = stackName
        self.changeSetName = changeSetName
        self.kind = kind
    }

    /// Only with a token.
    public var isRepeatable: Bool { clientToken != nil }

    enum CodingKeys: String, CodingKey {
        case stackName = "StackName"
        case changeSetName = "ChangeSetName"
        case kind = "ChangeSetType"
        case templateBody = "TemplateBody"
        case templateURL = "TemplateURL"
        case parameters = "Parameters"
        case capabilities = "Capabilities"
        case tags = "Tags"
        case clientToken = "ClientToken"
        case onStackFailure = "OnStackFailure"
        case roleARN = "RoleARN"
        case notificationARNs = "NotificationARNs"
        case rollbackConfiguration = "RollbackConfiguration"
        case resourcesToImport = "ResourcesToImport"
        case importsExistingResources = "ImportExistingResources"
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("ChangeSetName", changeSetName)
        form.set("ChangeSetType", kind.rawValue)
        form.set("TemplateBody", templateBody)
        form.set("TemplateURL", templateURL)
        form.setParameters(parameters)
        form.setList("Capabilities", capabilities)
        form.setTags(tags)
        form.set("ClientToken", clientToken)
        form.set("OnStackFailure", onStackFailure?.rawValue)
        form.set("RoleARN", roleARN)
        form.setReplacement("NotificationARNs", notificationARNs)
        form.set(rollbackConfiguration)
        form.set("ImportExistingResources", importsExistingResources.map { $0 ? "true" : "false" })
        for (index, resource) in resourcesToImport.enumerated() {
            let prefix = "ResourcesToImport.member.\(index + 1)"
            form.set("\(prefix).ResourceType", resource.resourceType)
            form.set("\(prefix).LogicalResourceId", resource.logicalResourceID)
            for (number, entry) in resource.identifier.sorted(by: { $0.key < $1.key }).enumerated() {
                form.set("\(prefix).ResourceIdentifier.entry.\(number + 1).key", entry.key)
                form.set("\(prefix).ResourceIdentifier.entry.\(number + 1).value", entry.value)
            }
        }
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let id = result.string("Id"), let stackID = result.string("StackId") else {
            throw Self.failure("it has no id of the change set or of the stack")
        }
        return Output(changeSetID: id, stackID: stackID, requestID: nil)
    }

    /// Reads the answer together with its request id.
    public func decode(_ response: HTTPResponse) throws -> Output {
        let root = try Self.root(of: response)
        let output = try decode(root["CreateChangeSetResult"] ?? root)
        return Output(
            changeSetID: output.changeSetID, stackID: output.stackID,
            requestID: root["ResponseMetadata"]?.string("RequestId"))
    }
}
