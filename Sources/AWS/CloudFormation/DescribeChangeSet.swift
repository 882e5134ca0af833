/// `DescribeChangeSet`: a page of what a change set does.
public struct DescribeChangeSetInput: QueryOperation {
    /// How far CloudFormation is with working out a change set.
    public enum Status: Sendable, Equatable {
        case pending, inProgress, complete, failed, deleting, deleted
        /// A state that CloudFormation got after this was written.
        case unknown(String)

        init(_ text: String) {
            switch text {
            case "CREATE_PENDING": self = .pending
            case "CREATE_IN_PROGRESS": self = .inProgress
            case "CREATE_COMPLETE": self = .complete
            case "FAILED": self = .failed
            case "DELETE_PENDING", "DELETE_IN_PROGRESS": self = .deleting
            case "DELETE_COMPLETE": self = .deleted
            default: self = .unknown(text)
            }
        }

        /// Whether more is to come without a new call.
        public var isInProgress: Bool { self == .pending || self == .inProgress }
    }

    /// One page.
    public struct Output: Sendable, Equatable {
        /// The ARN of the change set.
        public let changeSetID: String
        /// Its name.
        public let changeSetName: String
        /// The ARN of the stack.
        public let stackID: String
        /// How far it is.
        public let status: Status
        /// Why it failed.
        public let statusReason: String?
        /// `UNAVAILABLE`, `AVAILABLE`, `EXECUTE_IN_PROGRESS`, `EXECUTE_COMPLETE`, `EXECUTE_FAILED` or `OBSOLETE`.
        public let executionStatus: String
        /// The changes of this page.
        public let changes: [ResourceChange]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?

        /// Whether it failed because nothing would change: CloudFormation has no other sign than its words.
        public var isWithoutChanges: Bool {
            guard status == .failed, let reason = statusReason else { return false }
            return reason.contains("didn't contain changes") || reason.contains("No updates are to be performed")
        }
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeChangeSet`.
    public static let name = "DescribeChangeSet"

    /// The change set's name or ARN.
    public var changeSetName: String
    /// The stack's name or ARN; needed with a name.
    public var stackName: String?
    /// Whether the values before and after come along.
    public var includesPropertyValues: Bool
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(
        changeSetName: String, stackName: String? = nil, includesPropertyValues: Bool = true, nextToken: String? = nil
    ) {
        self.changeSetName = changeSetName
        self.stackName = stackName
        self.includesPropertyValues = includesPropertyValues
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("ChangeSetName", changeSetName)
        form.set("StackName", stackName)
        form.set("IncludePropertyValues", includesPropertyValues)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        guard let status = result.string("Status") else { throw Self.failure("it has no status") }
        let changes = try result.list("Changes").compactMap { member -> ResourceChange? in
            guard let element = member["ResourceChange"] else { return nil }
            guard let change = ResourceChange(element) else { throw Self.failure("a change has no action or name") }
            return change
        }
        return Output(
            changeSetID: result.string("ChangeSetId") ?? "", changeSetName: result.string("ChangeSetName") ?? "",
            stackID: result.string("StackId") ?? "", status: Status(status),
            statusReason: result.string("StatusReason"), executionStatus: result.string("ExecutionStatus") ?? "",
            changes: changes, nextToken: result.pageToken)
    }
}
