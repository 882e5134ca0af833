/// What ordinary and restricted instance groups have in common, for planning and rules.
///
/// A class, since dozens of rules go through the groups one after the other.
final class GroupSummary: Sendable {
    let path: ConfigPath
    let name: String
    let types: [InstanceType]
    let count: Int
    let zone: ZoneID?
    let isRestricted: Bool
    /// The facts of the first type; `nil` where the catalog does not know it.
    let facts: InstanceTypeFacts?

    private init(
        _ path: ConfigPath, _ name: HyperPodName, _ types: [InstanceType], count: Int, zone: ZoneID?, isRestricted: Bool
    ) {
        self.path = path
        self.name = name.text
        self.types = types
        self.count = count
        self.zone = zone
        self.isRestricted = isRestricted
        self.facts = types.first?.facts
    }

    /// The accelerators of all nodes of the group.
    var accelerators: Int { count * (facts?.accelerators ?? 0) }

    /// Where the type is written.
    var typePath: ConfigPath { path / "instance_type" }

    /// All groups, ordinary ones first.
    static func all(of stack: ClusterStack) -> [GroupSummary] {
        let list: ConfigPath = "instance_groups"
        let ordinary = stack.instanceGroups.enumerated().map { index, group in
            GroupSummary(
                list[index], group.name, group.types, count: group.count, zone: group.availabilityZone,
                isRestricted: false)
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().map { index, group in
            GroupSummary(
                ("restricted_instance_groups" as ConfigPath)[index], group.name, [group.instanceType],
                count: group.count, zone: group.availabilityZone, isRestricted: true)
        }
        return ordinary + restricted
    }
}
