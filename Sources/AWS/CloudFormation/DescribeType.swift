/// `DescribeType`: whether the region knows a resource type, and how.
public struct DescribeTypeInput: QueryOperation {
    /// What the registry says.
    public struct Output: Sendable, Equatable {
        /// The type, such as `AWS::SageMaker::Cluster`.
        public let typeName: String
        /// The ARN of the type.
        public let arn: String?
        /// `FULLY_MUTABLE`, `IMMUTABLE` or `NON_PROVISIONABLE`.
        public let provisioningType: String?
        /// `LIVE` or `DEPRECATED`.
        public let deprecatedStatus: String?
        /// The resource schema, JSON.
        public let schema: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeType`.
    public static let name = "DescribeType"

    /// The type, such as `AWS::SageMaker::Cluster`.
    public var typeName: String

    /// Makes the input.
    public init(typeName: String) {
        self.typeName = typeName
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("Type", "RESOURCE")
        form.set("TypeName", typeName)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        Output(
            typeName: result.string("TypeName") ?? typeName, arn: result.string("Arn"),
            provisioningType: result.string("ProvisioningType"),
            deprecatedStatus: result.string("DeprecatedStatus"), schema: result.string("Schema"))
    }
}
