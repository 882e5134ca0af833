/// `DescribeStacks`: one stack, or a page of all.
public struct DescribeStacksInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The stacks.
        public let stacks: [Stack]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeStacks`.
    public static let name = "DescribeStacks"

    /// The name or the ARN; a deleted stack is only found by its ARN. Nil for all that are not deleted.
    public var stackName: String?
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(stackName: String? = nil, nextToken: String? = nil) {
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
        let stacks = try result.list("Stacks").map { member in
            guard let stack = Stack(member) else { throw Self.failure("a stack has no id, name or state") }
            return stack
        }
        return Output(stacks: stacks, nextToken: result.pageToken)
    }
}
