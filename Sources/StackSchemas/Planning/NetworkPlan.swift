/// A new VPC.
public struct NetworkPlan: Sendable, Equatable {
    /// Its primary range.
    public var vpcCIDR: CIDRBlock
    /// Its further ranges.
    public var secondaryCIDRs: [CIDRBlock]
    /// Its zones.
    public var zones: [ZoneID]
    /// The zones whose public subnet holds a NAT gateway.
    public var natZones: [ZoneID]

    var configValue: ConfigValue {
        .record([
            "vpc_cidr": vpcCIDR.configValue,
            "secondary_cidrs": secondaryCIDRs.configValue,
            "zones": zones.configValue,
            "nat_zones": natZones.configValue,
        ])
    }
}
