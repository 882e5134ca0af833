/// `UpdateTerminationProtection`: protects a stack from deletion, or lifts the protection.
public struct UpdateTerminationProtectionInput: QueryOperation {
    /// Nothing that is needed is answered.
    public typealias Output = EmptyOutput

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `UpdateTerminationProtection`.
    public static let name = "UpdateTerminationProtection"

    /// The stack's name or ARN.
    public var stackName: String
    /// Whether it is protected from now on.
    public var isProtected: Bool

    /// Makes the input.
    public init(stackName: String, isProtected: Bool) {
        self.stackName = stackName
        self.isProtected = isProtected
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("EnableTerminationProtection", isProtected)
        return form
    }

    func decode(_ result: XMLTree) throws -> EmptyOutput { EmptyOutput() }
}
