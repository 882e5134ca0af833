/// `ListChangeSets`: a page of the change sets of a stack that were not executed.
public struct ListChangeSetsInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The change sets.
        public let changeSets: [Summary]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// A change set in short.
    public struct Summary: Sendable, Equatable {
        /// The ARN.
        public let id: String
        /// The name.
        public let name: String
        /// The state, such as `CREATE_COMPLETE`.
        public let status: String
        /// When it was made, ISO 8601 as the service wrote it.
        public let creationTime: String
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `ListChangeSets`.
    public static let name = "ListChangeSets"

    /// The stack's name or ARN.
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
        let sets = result.list("Summaries").map {
            Summary(
                id: $0.string("ChangeSetId") ?? "", name: $0.string("ChangeSetName") ?? "",
                status: $0.string("Status") ?? "", creationTime: $0.string("CreationTime") ?? "")
        }
        return Output(changeSets: sets, nextToken: result.pageToken)
    }
}
