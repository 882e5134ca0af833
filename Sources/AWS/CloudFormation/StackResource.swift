/// A resource of a stack as `ListStackResources` tells of it.
public struct StackResource: Sendable, Equatable, Codable {
    /// The name in the template.
    public let logicalResourceID: String
    /// What AWS calls it; nil before there is one.
    public let physicalResourceID: String?
    /// The type, such as `AWS::EC2::VPC`.
    public let resourceType: String
    /// The state, such as `CREATE_COMPLETE`.
    public let resourceStatus: String
    /// Why.
    public let statusReason: String?
    /// When the state changed, ISO 8601 as the service wrote it.
    public let lastUpdatedTimestamp: String?

    /// Reads an element `member` of `StackResourceSummaries`; nil when it has no name, type or state.
    init?(_ member: XMLTree) {
        guard let logicalID = member.string("LogicalResourceId"), let type = member.string("ResourceType"),
            let status = member.string("ResourceStatus")
        else { return nil }
        logicalResourceID = logicalID
        physicalResourceID = member.string("PhysicalResourceId")
        resourceType = type
        resourceStatus = status
        statusReason = member.string("ResourceStatusReason")
        lastUpdatedTimestamp = member.string("LastUpdatedTimestamp")
    }
}
