/// `UpdateStack`: changes a stack at once, without a change set.
public struct UpdateStackInput: QueryOperation, Equatable {
    /// What CloudFormation answers with.
    public struct Output: Sendable, Equatable {
        /// The ARN of the stack.
        public let stackID: String
        /// The request id, for AWS Support; nil when the answer has none.
        public let requestID: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `UpdateStack`.
    public static let name = "UpdateStack"

    /// The stack's name or ARN.
    public var stackName: String
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
    /// With the same token a second call does not make a second update.
    public var clientRequestToken: String?
    /// The role that CloudFormation works with; nil is the one the stack has.
    public var roleARN: String?
    /// SNS topics that are told of events; nil keeps those that the stack has.
    public var notificationARNs: [String]?
    /// The alarms that take the update back; nil keeps those that the stack has.
    public var rollbackConfiguration: RollbackConfiguration?
    /// The stack policy, JSON; nil keeps the one that the stack has.
    public var stackPolicyBody: String?

    /// Makes the input.
    public init(stackName: String) {
        self.stackName = stackName
    }

    /// Only with a token.
    public var isRepeatable: Bool { clientRequestToken != nil }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("TemplateBody", templateBody)
        form.set("TemplateURL", templateURL)
        form.setParameters(parameters)
        form.setList("Capabilities", capabilities)
        form.setTags(tags)
        form.set("ClientRequestToken", clientRequestToken)
        form.set("RoleARN", roleARN)
        form.setReplacement("NotificationARNs", notificationARNs)
        form.set(rollbackConfiguration)
        form.set("StackPolicyBody", stackPolicyBody)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let id = result.string("StackId") else { throw Self.failure("it has no stack id") }
        return Output(stackID: id, requestID: nil)
    }

    /// Reads the answer together with its request id.
    public func decode(_ response: HTTPResponse) throws -> Output {
        let root = try Self.root(of: response)
        let output = try decode(root["UpdateStackResult"] ?? root)
        return Output(stackID: output.stackID, requestID: root["ResponseMetadata"]?.string("RequestId"))
    }
}
