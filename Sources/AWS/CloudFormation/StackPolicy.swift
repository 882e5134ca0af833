/// `SetStackPolicy`: says which resources an update may change.
public struct SetStackPolicyInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `SetStackPolicy`.
    public static let name = "SetStackPolicy"

    /// The stack's name or ARN.
    public var stackName: String
    /// The policy, JSON, up to 16,384 bytes.
    public var policy: String

    /// Makes the input.
    public init(stackName: String, policy: String) {
        self.stackName = stackName
        self.policy = policy
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("StackPolicyBody", policy)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}

/// `GetStackPolicy`: the policy of a stack.
public struct GetStackPolicyInput: QueryOperation {
    /// The policy, JSON; nil when the stack has none.
    public typealias Output = String?

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `GetStackPolicy`.
    public static let name = "GetStackPolicy"

    /// The stack's name or ARN.
    public var stackName: String

    /// Makes the input.
    public init(stackName: String) {
        self.stackName = stackName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        return form
    }

    func decode(_ result: XMLTree) throws -> String? {
        result.string("StackPolicyBody").flatMap { $0.isEmpty ? nil : $0 }
    }
}
