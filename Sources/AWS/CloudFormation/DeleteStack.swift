/// `DeleteStack`: begins to delete a stack; a stack that does not exist is no error.
public struct DeleteStackInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DeleteStack`.
    public static let name = "DeleteStack"

    /// The name or the ARN.
    public var stackName: String
    /// Resources that stay, for a stack in DELETE_FAILED.
    public var retainResources: [String]
    /// The role that CloudFormation works with; nil is the one the stack was made with.
    public var roleARN: String?
    /// The token that the events of the deletion carry.
    public var clientRequestToken: String?

    /// Makes the input.
    public init(
        stackName: String, retainResources: [String] = [], roleARN: String? = nil, clientRequestToken: String? = nil
    ) {
        self.stackName = stackName
        self.retainResources = retainResources
        self.roleARN = roleARN
        self.clientRequestToken = clientRequestToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.setList("RetainResources", retainResources)
        form.set("RoleARN", roleARN)
        form.set("ClientRequestToken", clientRequestToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
