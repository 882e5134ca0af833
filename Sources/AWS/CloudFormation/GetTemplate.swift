/// `GetTemplate`: the template of a stack as it was submitted.
public struct GetTemplateInput: QueryOperation {
    /// The template.
    public typealias Output = String
    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `GetTemplate`.
    public static let name = "GetTemplate"

    /// The name or the ARN; of a deleted stack only the ARN.
    public var stackName: String

    /// Makes the input.
    public init(stackName: String) {
        self.stackName = stackName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("TemplateStage", "Original")
        return form
    }

    func decode(_ result: XMLTree) throws -> String {
        guard let template = result.string("TemplateBody") else { throw Self.failure("it has no template") }
        return template
    }
}
