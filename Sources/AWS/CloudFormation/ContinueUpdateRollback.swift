/// `ContinueUpdateRollback`: goes on with taking an update back that failed to be taken back.
public struct ContinueUpdateRollbackInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `ContinueUpdateRollback`.
    public static let name = "ContinueUpdateRollback"

    /// The stack's name or ARN.
    public var stackName: String
    /// Resources that are left as they are.
    public var resourcesToSkip: [String]
    /// The token that the events carry.
    public var clientRequestToken: String?

    /// Makes the input.
    public init(stackName: String, resourcesToSkip: [String] = [], clientRequestToken: String? = nil) {
        self.stackName = stackName
        self.resourcesToSkip = resourcesToSkip
        self.clientRequestToken = clientRequestToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.setList("ResourcesToSkip", resourcesToSkip)
        form.set("ClientRequestToken", clientRequestToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
