/// `ValidateTemplate`: whether CloudFormation can read a template.
public struct ValidateTemplateInput: QueryOperation {
    /// What CloudFormation read.
    public struct Output: Sendable, Equatable {
        /// What the template says about itself.
        public let description: String?
        /// What the template needs, such as `CAPABILITY_NAMED_IAM`.
        public let capabilities: [String]
        /// The resources that need it, in words.
        public let capabilitiesReason: String?
        /// The names of its parameters.
        public let parameterKeys: [String]
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `ValidateTemplate`.
    public static let name = "ValidateTemplate"

    /// The template itself, up to 51,200 bytes; give this or `templateURL`.
    public var templateBody: String?
    /// The address of the template in S3.
    public var templateURL: String?

    /// Makes the input.
    public init(templateBody: String? = nil, templateURL: String? = nil) {
        self.templateBody = templateBody
        self.templateURL = templateURL
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("TemplateBody", templateBody)
        form.set("TemplateURL", templateURL)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        Output(
            description: result.string("Description"),
            capabilities: result.list("Capabilities").map(\.text),
            capabilitiesReason: result.string("CapabilitiesReason"),
            parameterKeys: result.list("Parameters").compactMap { $0.string("ParameterKey") })
    }
}
