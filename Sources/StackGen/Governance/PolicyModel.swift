internal import Diagnostics
public import Governance
public import StackSchemas

/// The objects of Kueue that the add-on makes of a configuration's `task_governance`.
///
/// A queue for each team, in one cohort; a flavor for each machine type of the cluster; quotas in the nominal sizes of
/// machines (facts on the mapping: docs/governance.md).
public struct PolicyModel: Sendable {
    /// The queues, in the order of the teams.
    public var queues: [ClusterQueue]
    /// The names of the teams, and of the pool of what no team owns where that is shared.
    public var teams: [String]
    /// What Kueue is told.
    public var options: KueueOptions
    /// The machines.
    public var nodes: [NodeGroup]
    /// Priority classes with their weights.
    public var classes: [(name: String, weight: Int)]

    /// The resources that every flavor counts, those of fractions of GPUs beside.
    static let resources = ["aws.amazon.com/neurondevice", "cpu", "memory", "nvidia.com/gpu", "vpc.amazonaws.com/efa"]
    private static let cohort = "shared-pool"

    /// Maps a configuration.
    /// - Throws: `WorkflowError` where it has no task governance or no teams.
    public init(
        _ stack: ClusterStack, plan: Plan?, assuming assumptions: GovernanceAssumptions = GovernanceAssumptions()
    ) throws {
        guard let governance = stack.taskGovernance, !governance.teams.isEmpty else {
            throw WorkflowError(
                .invalidInput, "the configuration has no teams",
                advice: ["add `task_governance` with `teams`; `stackgen init cluster-stack --example talk` shows one"])
        }
        options = KueueOptions(version: assumptions.version) ?? KueueOptions()
        options.isFairSharing = governance.fairShare
        classes = governance.priorityClasses.entries.map { ($0.key.text, $0.value.value) }
        nodes = Self.nodes(of: stack)
        teams = governance.teams.map(\.name.text)
        let quotas = Dictionary(
            (plan?.quotas ?? []).map { ($0.team, $0) }, uniquingKeysWith: { first, _ in first })
        let types = Self.types(stack, governance)
        let resources = Self.resources + Self.partitions(governance)
        queues = governance.teams.map { team in
            Self.queue(team, quotas[team.name.text], types, resources, assumptions)
        }
        if governance.idleResourceSharing == true { addPool(types, resources) }
    }

    /// Machines of the cluster, by type.
    private static func nodes(of stack: ClusterStack) -> [NodeGroup] {
        var counts: [(type: InstanceType, count: Int)] = []
        for group in stack.instanceGroups {
            guard let type = group.types.first else { continue }
            if let place = counts.firstIndex(where: { $0.type == type }) {
                counts[place].count += group.count
            } else {
                counts.append((type, group.count))
            }
        }
        return counts.compactMap { type, count in
            guard let facts = type.facts else { return nil }
            return NodeGroup(type: type.text, count: count, capacity: Self.size(facts))
        }
    }

    /// What one machine has, in Kueue's amounts.
    static func size(_ facts: InstanceTypeFacts) -> [String: Int64] {
        [
            "cpu": Int64(facts.vcpus) * 1000, "memory": Int64(facts.memoryGiB * 1_073_741_824),
            "nvidia.com/gpu": Int64(facts.gpus), "aws.amazon.com/neurondevice": Int64(facts.neuronDevices),
            "vpc.amazonaws.com/efa": Int64(facts.efaInterfaces),
        ]
    }

    /// The flavors: the machine types of the cluster, then those that only quotas name.
    private static func types(_ stack: ClusterStack, _ governance: TaskGovernance) -> [InstanceType] {
        var types: [InstanceType] = []
        let named = governance.teams.flatMap { $0.quota + $0.sharing.absoluteBorrowLimits }.map(\.instanceType)
        for type in stack.instanceGroups.flatMap(\.types) + named where !types.contains(type) { types.append(type) }
        return types
    }

    private static func partitions(_ governance: TaskGovernance) -> [String] {
        let profiles = governance.teams.flatMap { $0.quota + $0.sharing.absoluteBorrowLimits }
            .compactMap { $0.acceleratorPartition?.type.text }
        return Set(profiles).sorted().map { "nvidia.com/\($0)" }
    }

    private static func queue(
        _ team: Team, _ plan: QuotaPlan?, _ types: [InstanceType], _ resources: [String],
        _ assumptions: GovernanceAssumptions
    ) -> ClusterQueue {
        let sharing = team.sharing
        let isAlone = sharing.strategy == .dontLend && assumptions.standsAloneWithoutLending
        let amounts = plan?.resources ?? team.quota
        let absolute = plan?.absoluteBorrowLimits ?? sharing.absoluteBorrowLimits
        let flavors = types.map { type in
            let owned = amount(amounts.filter { $0.instanceType == type })
            let limit = amount(absolute.filter { $0.instanceType == type })
            var limits: [String: ResourceLimits] = [:]
            for resource in resources {
                var entry = ResourceLimits(nominal: owned[resource] ?? 0)
                if !isAlone { entry.borrowingLimit = borrowing(sharing, resource, entry.nominal, limit, assumptions) }
                if sharing.strategy == .dontLend, !isAlone { entry.lendingLimit = 0 }
                limits[resource] = entry
            }
            return FlavorQuotas(name: type.text, resources: limits)
        }
        var queue = ClusterQueue(
            name: "hyperpod-ns-\(team.name.text)-clusterqueue", cohort: isAlone ? nil : cohort,
            resourceGroups: [ResourceGroup(flavors: flavors)])
        queue.preemption.withinClusterQueue = team.preemptTeamTasks == .lowerPriority ? .lowerPriority : .never
        queue.preemption.reclaimWithinCohort = assumptions.reclaimWithinCohort
        if assumptions.borrowsWithinCohort {
            queue.preemption.borrowWithinCohort = PreemptionPolicy.BorrowWithinCohort()
        }
        queue.fairWeight = Double(team.fairShareWeight)
        queue.queueingStrategy = assumptions.isStrictFIFO ? .strictFIFO : .bestEffortFIFO
        queue.isActive = team.active
        return queue
    }

    /// What a team may borrow of a resource; the default share is half (AWS docs: ResourceSharingConfig).
    private static func borrowing(
        _ sharing: Team.Sharing, _ resource: String, _ nominal: Int64, _ absolute: [String: Int64],
        _ assumptions: GovernanceAssumptions
    ) -> Int64 {
        guard sharing.strategy == .lendAndBorrow else { return 0 }
        let percent = Int64(sharing.borrowLimitPercent ?? 50)
        // In two parts, since a percentage of many bytes does not fit in 63 bits.
        let rest = nominal % 100 * percent
        let share = nominal / 100 * percent + (assumptions.roundsPercentagesDown ? rest / 100 : (rest + 99) / 100)
        guard let limit = absolute[resource] else { return share }
        return assumptions.absoluteLimitsReplace ? limit : min(limit, share)
    }

    /// The sum of some amounts of one machine type, by resource; only what they speak of.
    private static func amount(_ amounts: [ResourceQuota]) -> [String: Int64] {
        var sums: [String: Int64] = [:]
        for amount in amounts {
            guard let facts = amount.instanceType.facts else { continue }
            if let count = amount.count {
                for (resource, size) in size(facts) { sums[resource, default: 0] += size * Int64(count) }
                continue
            }
            if let accelerators = amount.accelerators {
                let name = facts.neuronDevices > 0 ? "aws.amazon.com/neurondevice" : "nvidia.com/gpu"
                sums[name, default: 0] += Int64(accelerators)
            }
            if let vcpu = amount.vcpu { sums["cpu", default: 0] += Int64((vcpu * 1000).rounded(.down)) }
            if let memory = amount.memoryGiB { sums["memory", default: 0] += Int64(memory * 1_073_741_824) }
            if let partition = amount.acceleratorPartition {
                sums["nvidia.com/\(partition.type.text)", default: 0] += Int64(partition.count)
            }
        }
        return sums
    }

    /// What no team owns, as a queue that only lends.
    private mutating func addPool(_ types: [InstanceType], _ resources: [String]) {
        let flavors = types.map { type in
            let there = nodes.first { $0.type == type.text }
            var limits: [String: ResourceLimits] = [:]
            for resource in resources {
                let owned = queues.reduce(Int64(0)) { sum, queue in
                    let flavor = queue.resourceGroups[0].flavors.first { $0.name == type.text }
                    return sum + (flavor?.resources[resource]?.nominal ?? 0)
                }
                let size = (there?.capacity[resource] ?? 0) * Int64(there?.count ?? 0)
                limits[resource] = ResourceLimits(nominal: max(0, size - owned), borrowingLimit: 0)
            }
            return FlavorQuotas(name: type.text, resources: limits)
        }
        queues.append(
            ClusterQueue(
                name: "hyperpod-ns-idle-resource-sharing-cq-1", cohort: Self.cohort,
                resourceGroups: [ResourceGroup(flavors: flavors)]))
        teams.append("idle-resource-sharing")
    }
}
