/// `DescribeStackEvents`: a page of what happened, newest first.
public struct DescribeStackEventsInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The events, newest first.
        public let events: [StackEvent]
        /// What to ask for the next, older page with; nil on the last.
        public let nextToken: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeStackEvents`.
    public static let name = "DescribeStackEvents"

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
        let events = try result.list("StackEvents").map { member in
            guard let event = StackEvent(member) else { throw Self.failure("an event has no id or stack") }
            return event
        }
        return Output(events: events, nextToken: result.pageToken)
    }
}
