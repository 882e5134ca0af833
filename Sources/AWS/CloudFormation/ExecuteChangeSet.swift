/// `ExecuteChangeSet`: does what a change set says.
public struct ExecuteChangeSetInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `ExecuteChangeSet`.
    public static let name = "ExecuteChangeSet"

    /// The change set's name or ARN.
    public var changeSetName: String
    /// The stack's name or ARN; needed with a name.
    public var stackName: String?
    /// The token that the events of the operation carry; with the same token a second call does nothing.
    public var clientRequestToken: String?

    /// Makes the input.
    public init(changeSetName: String, stackName: String? = nil, clientRequestToken: String? = nil) {
        self.changeSetName = changeSetName
        self.stackName = stackName
        self.clientRequestToken = clientRequestToken
    }

    /// Only with a token.
    public var isRepeatable: Bool { clientRequestToken != nil }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("ChangeSetName", changeSetName)
        form.set("StackName", stackName)
        form.set("ClientRequestToken", clientRequestToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
