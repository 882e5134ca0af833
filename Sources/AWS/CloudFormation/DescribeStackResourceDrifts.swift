/// `DescribeStackResourceDrifts`: a page of how resources differ from the template, as the last detection found.
public struct DescribeStackResourceDriftsInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The resources.
        public let drifts: [ResourceDrift]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// CloudFormation.
    public static let service = AWSService.cloudFormation
    /// `DescribeStackResourceDrifts`.
    public static let name = "DescribeStackResourceDrifts"

    /// The stack's name or ARN.
    public var stackName: String
    /// Only resources in these states; empty for all.
    public var statuses: [String]
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(stackName: String, statuses: [String] = [], nextToken: String? = nil) {
        self.stackName = stackName
        self.statuses = statuses
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("StackName", stackName)
        form.setList("StackResourceDriftStatusFilters", statuses)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let drifts = try result.list("StackResourceDrifts").map { member in
            guard let drift = ResourceDrift(member) else { throw Self.failure("a resource has no name or state") }
            return drift
        }
        return Output(drifts: drifts, nextToken: result.pageToken)
    }
}

/// How a resource differs from the template.
public struct ResourceDrift: Sendable, Equatable, Codable {
    /// A property that differs.
    public struct Difference: Sendable, Equatable, Codable {
        /// The path, such as `/Tags/0/Value`.
        public let path: String
        /// `ADD`, `REMOVE` or `NOT_EQUAL`.
        public let kind: String
        /// What the template says.
        public let expected: String
        /// What is there.
        public let actual: String

        enum CodingKeys: String, CodingKey {
            case path = "PropertyPath"
            case kind = "DifferenceType"
            case expected = "ExpectedValue"
            case actual = "ActualValue"
        }
    }

    /// The name in the template.
    public let logicalResourceID: String
    /// What AWS calls it.
    public let physicalResourceID: String?
    /// The type.
    public let resourceType: String
    /// `IN_SYNC`, `MODIFIED`, `DELETED` or `NOT_CHECKED`.
    public let status: String
    /// The properties that differ.
    public let differences: [Difference]

    enum CodingKeys: String, CodingKey {
        case logicalResourceID = "LogicalResourceId"
        case physicalResourceID = "PhysicalResourceId"
        case resourceType = "ResourceType"
        case status = "StackResourceDriftStatus"
        case differences = "PropertyDifferences"
    }

    /// Reads an element `member` of `StackResourceDrifts`; nil when it has no name or state.
    init?(_ member: XMLTree) {
        guard let id = member.string("LogicalResourceId"), let status = member.string("StackResourceDriftStatus")
        else { return nil }
        logicalResourceID = id
        physicalResourceID = member.string("PhysicalResourceId")
        resourceType = member.string("ResourceType") ?? ""
        self.status = status
        differences = member.list("PropertyDifferences").map {
            Difference(
                path: $0.string("PropertyPath") ?? "", kind: $0.string("DifferenceType") ?? "",
                expected: $0.string("ExpectedValue") ?? "", actual: $0.string("ActualValue") ?? "")
        }
    }
}
