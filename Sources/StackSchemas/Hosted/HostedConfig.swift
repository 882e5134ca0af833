public import YAML

/// A hosted configuration that was read, with everything that follows from it.
public struct HostedConfig: Sendable {
    /// Every key, defaults filled in.
    public let stack: HostedStack
    /// The same cluster in the words of `cluster-stack`.
    public let cluster: ClusterStack
    /// The region; `nil` where neither the configuration nor the caller tells it.
    public let region: Region?
    /// The zones that subnets are made in.
    public let zones: [ZoneID]
    /// The zone of the file system; `nil` where there is neither one named nor a zone of the VPC.
    public let fsxZone: ZoneID?
    /// The name of the stack.
    public let stackName: StackName
    /// The prefix of names with its suffix.
    public let namePrefix: String
    /// The groups as the hosted Lambda takes them: keys as in the SageMaker API, in the order in which they are
    /// written.
    public let groups: [ConfigValue]
    /// The restricted groups likewise.
    public let restrictedGroups: [ConfigValue]
    /// The tags as they are written; `nil` where there are none.
    public let tags: ConfigValue?

    /// What templates see: every key under its own name, and `plan`.
    public var templateContext: ConfigValue {
        guard case .map(let entries) = stack.configValue else { return .null }
        let plan = ConfigValue.record([
            "region": .optional(region?.text), "stack_name": .string(stackName.text),
            "resource_name_prefix": .string(namePrefix),
            "availability_zone_ids": .list(zones.map { .string($0.text) }),
            "fsx_availability_zone_id": .optional(fsxZone?.text), "instance_groups": .list(groups),
            "restricted_instance_groups": .list(restrictedGroups), "tags": tags ?? .null,
        ])
        return .map(entries + [ConfigValue.Entry("plan", plan)])
    }
}

extension ConfigValue {
    /// A node as plain data under the core schema of YAML 1.2, in the order of the text.
    public init(_ node: Node) {
        switch node.content {
        case .sequence(let items): self = .list(items.map { ConfigValue($0) })
        case .mapping(let entries): self = .map(entries.map { Entry($0.name, ConfigValue($0.value)) })
        case .scalar(let scalar):
            switch scalar.kind {
            case .null: self = .null
            case .bool: self = .bool(scalar.asBool ?? false)
            case .int: self = scalar.asInt.map { .int($0) } ?? .string(scalar.text)
            case .float: self = scalar.asDouble.map { .double($0) } ?? .string(scalar.text)
            case .string: self = .string(scalar.text)
            }
        }
    }
}
