/// A subnet, new or existing.
public struct SubnetPlan: Sendable, Equatable {
    /// What it is for.
    public var type: VPCSettings.Subnet.Role
    /// Its zone.
    public var zone: ZoneID
    /// Its range; `nil` where an existing subnet's range is not given.
    public var cidr: CIDRBlock?
    /// Its id; `nil` for a new one.
    public var id: SubnetID?
    /// The secondary range that it lies in.
    public var secondaryCIDR: CIDRBlock?

    var configValue: ConfigValue {
        .record([
            "type": type.configValue,
            "zone": zone.configValue,
            "cidr": id == nil ? cidr.configValue : .null,
            "id": id.configValue,
            "secondary_cidr": secondaryCIDR.configValue,
        ])
    }

    /// The zones of the subnets of a type, in order, each once.
    static func zones(of subnets: [SubnetPlan], type: VPCSettings.Subnet.Role) -> [ZoneID] {
        subnets.filter { $0.type == type }.map(\.zone).uniqued()
    }
}

extension Sequence where Element: Equatable {
    /// The elements without repetitions, in the order of their first occurrence.
    func uniqued() -> [Element] {
        // The lists of a configuration are short: comparing costs less than hashing.
        var found: [Element] = []
        for element in self where !found.contains(element) { found.append(element) }
        return found
    }
}
