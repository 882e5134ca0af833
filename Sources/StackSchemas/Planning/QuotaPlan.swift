/// The quota of a team with the parts filled in that AWS would fill in.
///
/// AWS stores all of accelerators, vCPUs and memory; a template that leaves one out shows drift ever after
/// (AWS docs: ComputeQuotaResourceConfig).
public struct QuotaPlan: Sendable, Equatable {
    /// The team.
    public var team: String
    /// What it owns.
    public var resources: [ResourceQuota]
    /// How much it borrows.
    public var absoluteBorrowLimits: [ResourceQuota]

    /// Plans the quota of a team.
    init(_ team: Team) {
        self.team = team.name.text
        self.resources = team.quota.map(Self.filled)
        self.absoluteBorrowLimits = team.sharing.absoluteBorrowLimits.map(Self.filled)
    }

    /// An amount with its missing parts in proportion to those given; unchanged for whole machines and for types
    /// that the catalog does not know.
    static func filled(_ quota: ResourceQuota) -> ResourceQuota {
        guard quota.count == nil, let facts = quota.instanceType.facts, let share = share(of: quota, facts) else {
            return quota
        }
        var result = quota
        if result.accelerators == nil, result.acceleratorPartition == nil { result.accelerators = 0 }
        if result.vcpu == nil { result.vcpu = Double(facts.vcpus) * share }
        if result.memoryGiB == nil { result.memoryGiB = facts.memoryGiB * share }
        return result
    }

    private static func share(of quota: ResourceQuota, _ facts: InstanceTypeFacts) -> Double? {
        if let accelerators = quota.accelerators {
            return facts.accelerators > 0 ? Double(accelerators) / Double(facts.accelerators) : nil
        }
        if let vcpu = quota.vcpu { return facts.vcpus > 0 ? vcpu / Double(facts.vcpus) : nil }
        if let memory = quota.memoryGiB { return facts.memoryGiB > 0 ? memory / facts.memoryGiB : nil }
        return nil
    }

    var configValue: ConfigValue {
        .record([
            "team": .string(team),
            "resources": resources.configValue,
            "absolute_borrow_limits": absoluteBorrowLimits.configValue,
        ])
    }
}
