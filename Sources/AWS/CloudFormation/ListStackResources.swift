/// `ListStackResources`: a page of the resources of a stack.
public struct ListStackResourcesInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The resources.
        public let resources: [StackResource]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `ListStackResources`.
    public static let name = "ListStackResources"

    /// The name or the ARN; of a deleted stack only the ARN.
    public var stackName: String
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(stackName: String, nextToken: String? = nil) {
        self.stackName = stackName
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let resources = try result.list("StackResourceSummaries").map { member in
            guard let resource = StackResource(member) else {
                throw Self.failure("a resource has no name, type or state")
            }
            return resource
        }
        return Output(resources: resources, nextToken: result.pageToken)
    }
}
