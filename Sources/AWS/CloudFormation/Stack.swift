public import Foundation

/// A stack as `DescribeStacks` tells of it.
public struct Stack: Sendable, Equatable, Codable {
    /// The ARN, which stays when a stack of the same name is made again.
    public let id: String
    /// The name.
    public let name: String
    /// The state.
    public let status: StackStatus
    /// Why it is in this state.
    public let statusReason: String?
    /// When it was made, ISO 8601 as the service wrote it.
    public let creationTime: String
    /// When it was last updated.
    public let lastUpdatedTime: String?
    /// When it was deleted.
    public let deletionTime: String?
    /// What the template says about itself.
    public let description: String?
    /// The values of the template's parameters.
    public let parameters: [StackParameter]
    /// The outputs.
    public let outputs: [StackOutput]
    /// The tags.
    public let tags: [StackTag]
    /// What the template may do.
    public let capabilities: [String]
    /// The role that CloudFormation works with.
    public let roleARN: String?
    /// The SNS topics that are told of events.
    public let notificationARNs: [String]
    /// The alarms that take an operation back.
    public let rollbackConfiguration: RollbackConfiguration
    /// Whether it is protected from deletion.
    public let isTerminationProtected: Bool
    /// The stack that this one is nested in.
    public let parentID: String?
    /// The outermost of the stacks that this one is nested in.
    public let rootID: String?

    /// When it was made.
    public var creationDate: Date? { Timestamp.parseISO8601(creationTime) }

    /// Reads an element `member` of `Stacks`; nil when it has no id, name or state.
    init?(_ member: XMLTree) {
        guard let id = member.string("StackId"), let name = member.string("StackName"),
            let status = member.string("StackStatus")
        else { return nil }
        self.id = id
        self.name = name
        self.status = StackStatus(rawValue: status)
        statusReason = member.string("StackStatusReason")
        creationTime = member.string("CreationTime") ?? ""
        lastUpdatedTime = member.string("LastUpdatedTime")
        deletionTime = member.string("DeletionTime")
        description = member.string("Description")
        parameters = member.list("Parameters").map {
            StackParameter(key: $0.string("ParameterKey") ?? "", value: $0.string("ParameterValue") ?? "")
        }
        outputs = member.list("Outputs").map {
            StackOutput(
                key: $0.string("OutputKey") ?? "", value: $0.string("OutputValue") ?? "",
                description: $0.string("Description"), exportName: $0.string("ExportName"))
        }
        tags = member.list("Tags").map { StackTag(key: $0.string("Key") ?? "", value: $0.string("Value") ?? "") }
        capabilities = member.list("Capabilities").map(\.text)
        roleARN = member.string("RoleARN")
        notificationARNs = member.list("NotificationARNs").map(\.text)
        rollbackConfiguration =
            member["RollbackConfiguration"].map(RollbackConfiguration.init) ?? RollbackConfiguration(alarmARNs: [])
        isTerminationProtected = member.boolean("EnableTerminationProtection") ?? false
        parentID = member.string("ParentId")
        rootID = member.string("RootId")
    }
}
