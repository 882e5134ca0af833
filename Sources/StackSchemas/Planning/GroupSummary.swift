/// What ordinary and restricted instance groups have in common, for planning and rules.
struct GroupSummary {
    let path: ConfigPath
    let name: String
    let types: [InstanceType]
    let count: Int
    let zone: ZoneID?
    let isRestricted: Bool
    /// The facts of the first type; `nil` where the catalog does not know it.
    let facts: InstanceTypeFacts?

    /// The accelerators of all nodes of the group.
    var accelerators: Int { count * (facts?.accelerators ?? 0) }

    /// Where the type is written.
    var typePath: ConfigPath { path / "instance_type" }

    /// All groups, ordinary ones first.
    static func all(of stack: ClusterStack) -> [GroupSummary] {
        let list: ConfigPath = "instance_groups"
        let ordinary = stack.instanceGroups.enumerated().map { index, group in
            GroupSummary(
                path: list[index], name: group.name.text, types: group.types,
                count: group.count, zone: group.availabilityZone, isRestricted: false, facts: group.types.first?.facts)
        }
        let restricted = stack.restrictedInstanceGroups.enumerated().map { index, group in
            GroupSummary(
                path: ("restricted_instance_groups" as ConfigPath)[index], name: group.name.text,
                types: [group.instanceType], count: group.count, zone: group.availabilityZone, isRestricted: true,
                facts: group.instanceType.facts)
        }
        return ordinary + restricted
    }
}
