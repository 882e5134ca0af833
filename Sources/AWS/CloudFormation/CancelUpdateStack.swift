/// `CancelUpdateStack`: stops an update that is under way; the stack goes back to what it was.
public struct CancelUpdateStackInput: QueryOperation {
    /// Nothing is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `CancelUpdateStack`.
    public static let name = "CancelUpdateStack"

    /// The stack's name or ARN.
    public var stackName: String
    /// The token that the events of the cancellation carry.
    public var clientRequestToken: String?

    /// Makes the input.
    public init(stackName: String, clientRequestToken: String? = nil) {
        self.stackName = stackName
        self.clientRequestToken = clientRequestToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("ClientRequestToken", clientRequestToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
