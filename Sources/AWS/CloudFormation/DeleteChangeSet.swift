/// `DeleteChangeSet`: forgets a change set that is not to be executed; one that is not there is no error.
public struct DeleteChangeSetInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DeleteChangeSet`.
    public static let name = "DeleteChangeSet"

    /// The change set's name or ARN.
    public var changeSetName: String
    /// The stack's name or ARN; needed with a name.
    public var stackName: String?

    /// Makes the input.
    public init(changeSetName: String, stackName: String? = nil) {
        self.changeSetName = changeSetName
        self.stackName = stackName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("ChangeSetName", changeSetName)
        form.set("StackName", stackName)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
