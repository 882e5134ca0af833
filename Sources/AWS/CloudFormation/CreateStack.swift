/// `CreateStack`: makes a stack from a template.
///
/// The value can be kept as JSON in CloudFormation's own names, which `aws cloudformation create-stack
/// --cli-input-json` takes too; `templateBody` is sent byte for byte.
public struct CreateStackInput: QueryOperation, Codable, Equatable {
    /// What happens when a resource cannot be made.
    public enum OnFailure: String, Sendable, Codable, CaseIterable {
        /// The stack stays as it is.
        case doNothing = "DO_NOTHING"
        /// What was made is taken back; the stack stays in ROLLBACK_COMPLETE.
        case rollback = "ROLLBACK"
        /// The stack is deleted.
        case delete = "DELETE"
    }

    /// What CloudFormation answers with.
    public struct Output: Sendable, Equatable, Codable {
        /// The ARN of the new stack.
        public let stackID: String
        /// The request id, for AWS Support; nil when the answer has none.
        public let requestID: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `CreateStack`.
    public static let name = "CreateStack"
    /// The largest template that can be sent in the request, in bytes.
    ///
    /// Source: "CloudFormation quotas", AWS CloudFormation User Guide.
    public static let maximumTemplateBodyBytes = 51_200

    /// The name: a letter, then letters, digits and hyphens, up to 128 characters.
    public var stackName: String
    /// The template itself, up to 51,200 bytes; give this or `templateURL`.
    public var templateBody: String?
    /// The address of the template in S3, up to 1 MB.
    public var templateURL: String?
    /// Values of the template's parameters.
    public var parameters: [StackParameter]
    /// What the template may do, such as `CAPABILITY_NAMED_IAM`.
    public var capabilities: [String]
    /// Tags, up to 50.
    public var tags: [StackTag]
    /// With the same token a second call does not make a second stack. Up to 128 letters, digits and hyphens.
    public var clientRequestToken: String?
    /// What happens on failure; nil is rollback.
    public var onFailure: OnFailure?
    /// After how many minutes the creation fails.
    public var timeoutInMinutes: Int?
    /// Whether the stack is protected from deletion.
    public var enableTerminationProtection: Bool?
    /// The role that CloudFormation works with; nil is the caller.
    public var roleARN: String?
    /// SNS topics that are told of events, up to 5.
    public var notificationARNs: [String]
    /// The stack policy, JSON.
    public var stackPolicyBody: String?
    /// The alarms that take the creation back.
    public var rollbackConfiguration: RollbackConfiguration?

    /// Makes the input.
    public init(
        stackName: String, templateBody: String? = nil, templateURL: String? = nil,
        parameters: [StackParameter] = [], capabilities: [String] = [], tags: [StackTag] = [],
        clientRequestToken: String? = nil, onFailure: OnFailure? = nil, timeoutInMinutes: Int? = nil,
        enableTerminationProtection: Bool? = nil, roleARN: String? = nil, notificationARNs: [String] = [],
        stackPolicyBody: String? = nil, rollbackConfiguration: RollbackConfiguration? = nil
    ) {
        self.stackName = stackName
        self.templateBody = templateBody
        self.templateURL = templateURL
        self.parameters = parameters
        self.capabilities = capabilities
        self.tags = tags
        self.clientRequestToken = clientRequestToken
        self.onFailure = onFailure
        self.timeoutInMinutes = timeoutInMinutes
        self.enableTerminationProtection = enableTerminationProtection
        self.roleARN = roleARN
        self.notificationARNs = notificationARNs
        self.stackPolicyBody = stackPolicyBody
        self.rollbackConfiguration = rollbackConfiguration
    }

    /// Only with a token.
    public var isRepeatable: Bool { clientRequestToken != nil }

    enum CodingKeys: String, CodingKey {
        case stackName = "StackName"
        case templateBody = "TemplateBody"
        case templateURL = "TemplateURL"
        case parameters = "Parameters"
        case capabilities = "Capabilities"
        case tags = "Tags"
        case clientRequestToken = "ClientRequestToken"
        case onFailure = "OnFailure"
        case timeoutInMinutes = "TimeoutInMinutes"
        case enableTerminationProtection = "EnableTerminationProtection"
        case roleARN = "RoleARN"
        case notificationARNs = "NotificationARNs"
        case stackPolicyBody = "StackPolicyBody"
        case rollbackConfiguration = "RollbackConfiguration"
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("TemplateBody", templateBody)
        form.set("TemplateURL", templateURL)
        for (index, parameter) in parameters.enumerated() {
            form.set("Parameters.member.\(index + 1).ParameterKey", parameter.key)
            form.set("Parameters.member.\(index + 1).ParameterValue", parameter.value)
        }
        form.setList("Capabilities", capabilities)
        for (index, tag) in tags.enumerated() {
            form.set("Tags.member.\(index + 1).Key", tag.key)
            form.set("Tags.member.\(index + 1).Value", tag.value)
        }
        form.set("ClientRequestToken", clientRequestToken)
        form.set("OnFailure", onFailure?.rawValue)
        form.set("TimeoutInMinutes", timeoutInMinutes)
        form.set("EnableTerminationProtection", enableTerminationProtection)
        form.set("RoleARN", roleARN)
        form.setList("NotificationARNs", notificationARNs)
        form.set("StackPolicyBody", stackPolicyBody)
        form.set(rollbackConfiguration)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let id = result.string("StackId") else { throw Self.failure("it has no stack id") }
        return Output(stackID: id, requestID: nil)
    }

    /// Reads the answer together with its request id.
    public func decode(_ response: HTTPResponse) throws -> Output {
        let root = try Self.root(of: response)
        let output = try decode(root["CreateStackResult"] ?? root)
        return Output(stackID: output.stackID, requestID: root["ResponseMetadata"]?.string("RequestId"))
    }
}
