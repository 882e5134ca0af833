public import Foundation

/// Something that happened to a resource of a stack, or to the stack itself.
public struct StackEvent: Sendable, Equatable, Codable {
    /// The unique id.
    public let id: String
    /// The ARN of the stack.
    public let stackID: String
    /// The name of the stack.
    public let stackName: String
    /// The name of the resource in the template; of the stack itself, the stack's name.
    public let logicalResourceID: String
    /// What AWS calls the resource; empty before there is one.
    public let physicalResourceID: String
    /// The type, such as `AWS::EC2::VPC`.
    public let resourceType: String
    /// When, ISO 8601 as the service wrote it.
    public let timestamp: String
    /// The state, such as `CREATE_FAILED`.
    public let resourceStatus: String
    /// Why.
    public let statusReason: String?
    /// The token of the call that led to this.
    public let clientRequestToken: String?

    /// When.
    public var date: Date? { Timestamp.parseISO8601(timestamp) }

    /// Whether it tells of the stack itself; a nested stack has another id.
    public var isOfStackItself: Bool {
        resourceType == "AWS::CloudFormation::Stack" && physicalResourceID == stackID
    }

    /// The state read as the state of a stack.
    public var stackStatus: StackStatus { StackStatus(rawValue: resourceStatus) }

    enum CodingKeys: String, CodingKey {
        case id = "EventId"
        case stackID = "StackId"
        case stackName = "StackName"
        case logicalResourceID = "LogicalResourceId"
        case physicalResourceID = "PhysicalResourceId"
        case resourceType = "ResourceType"
        case timestamp = "Timestamp"
        case resourceStatus = "ResourceStatus"
        case statusReason = "ResourceStatusReason"
        case clientRequestToken = "ClientRequestToken"
    }

    /// Reads an element `member` of `StackEvents`; nil when it has no id or stack.
    init?(_ member: XMLTree) {
        guard let id = member.string("EventId"), let stackID = member.string("StackId") else { return nil }
        self.id = id
        self.stackID = stackID
        stackName = member.string("StackName") ?? ""
        logicalResourceID = member.string("LogicalResourceId") ?? ""
        physicalResourceID = member.string("PhysicalResourceId") ?? ""
        resourceType = member.string("ResourceType") ?? ""
        timestamp = member.string("Timestamp") ?? ""
        resourceStatus = member.string("ResourceStatus") ?? ""
        statusReason = member.string("ResourceStatusReason")
        clientRequestToken = member.string("ClientRequestToken")
    }
}
