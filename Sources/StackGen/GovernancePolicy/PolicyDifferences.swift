internal import AWS

/// A member of a policy or quota that is to be another one.
struct PolicyChange: Codable, Equatable, Sendable {
    /// The member, as the API calls it.
    var field: String
    /// What it is; nil where there is nothing.
    var from: String?
    /// What it is to be.
    var to: String?
}

/// What differs between what is asked for and what is there. What the request leaves out is taken with the value that
/// SageMaker gives it (SageMaker API: `SchedulerConfig`, `ComputeQuotaConfig`), or is left alone where SageMaker
/// works it out itself.
enum PolicyDifferences {
    /// Of a policy.
    static func of(_ wanted: PolicyRequests.Policy, _ live: ClusterSchedulerPolicy) -> [PolicyChange] {
        let new = wanted.schedulerConfig
        let old = live.schedulerConfig ?? SchedulerConfiguration()
        return [
            change("FairShare", old.fairShare ?? "Enabled", new.fairShare ?? "Enabled"),
            change("IdleResourceSharing", old.idleResourceSharing ?? "Disabled", new.idleResourceSharing ?? "Disabled"),
            change("PriorityClasses", words(old.priorityClasses), words(new.priorityClasses)),
            wanted.description.flatMap { change("Description", live.description, $0) },
        ].compactMap { $0 }
    }

    /// Of a quota.
    static func of(_ wanted: PolicyRequests.Quota, _ live: ComputeQuota) -> [PolicyChange] {
        let old = live.computeQuotaConfig ?? ComputeQuotaConfiguration()
        let new = wanted.config
        let amounts = (old.computeQuotaResources ?? [], new.computeQuotaResources ?? [])
        let limits = (
            old.resourceSharingConfig?.absoluteBorrowLimits ?? [], new.resourceSharingConfig?.absoluteBorrowLimits ?? []
        )
        return [
            changeOfAmounts("ComputeQuotaResources", amounts.0, amounts.1),
            change("Strategy", strategy(old), strategy(new)),
            change("BorrowLimit", borrowLimit(old), borrowLimit(new)),
            changeOfAmounts("AbsoluteBorrowLimits", limits.0, limits.1),
            change(
                "PreemptTeamTasks", old.preemptTeamTasks ?? "LowerPriority", new.preemptTeamTasks ?? "LowerPriority"),
            change(
                "FairShareWeight", "\(live.computeQuotaTarget.fairShareWeight ?? 0)",
                "\(wanted.target.fairShareWeight ?? 0)"),
            change("ActivationState", live.activationState ?? "Enabled", wanted.activationState ?? "Enabled"),
            wanted.description.flatMap { change("Description", live.description, $0) },
        ].compactMap { $0 }
    }

    private static func change(_ field: String, _ old: String?, _ new: String?) -> PolicyChange? {
        old == new ? nil : PolicyChange(field: field, from: old, to: new)
    }

    private static func words(_ classes: [SchedulerConfiguration.PriorityClass]?) -> String? {
        guard let classes, !classes.isEmpty else { return nil }
        return classes.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
            .map { "\($0.name) \($0.weight)" }.joined(separator: ", ")
    }

    private static func strategy(_ config: ComputeQuotaConfiguration) -> String {
        config.resourceSharingConfig?.strategy ?? "LendAndBorrow"
    }

    /// The limit matters to those who borrow; 50 where none is given.
    private static func borrowLimit(_ config: ComputeQuotaConfiguration) -> String? {
        guard strategy(config) == "LendAndBorrow" else { return nil }
        return "\(config.resourceSharingConfig?.borrowLimit ?? 50)"
    }

    // MARK: Amounts

    /// Amounts have no order. Parts that the request leaves out are what SageMaker filled in.
    private static func changeOfAmounts(
        _ field: String, _ old: [ComputeQuotaResource], _ new: [ComputeQuotaResource]
    ) -> PolicyChange? {
        var rest = old
        for amount in new {
            guard let index = rest.firstIndex(where: { isSame($0, asWanted: amount) }) else {
                return change(field, words(old), words(new))
            }
            rest.remove(at: index)
        }
        return rest.isEmpty ? nil : change(field, words(old), words(new))
    }

    private static func isSame(_ live: ComputeQuotaResource, asWanted wanted: ComputeQuotaResource) -> Bool {
        func holds<Value: Equatable>(_ live: Value?, _ wanted: Value?) -> Bool { wanted == nil || live == wanted }
        func holdsNumber(_ live: Double?, _ wanted: Double?) -> Bool {
            // The API keeps floats of 32 bits.
            guard let wanted else { return true }
            return live.map { abs($0 - wanted) <= 1e-4 * max(1, abs(wanted)) } ?? (wanted == 0)
        }
        guard live.instanceType == wanted.instanceType, live.acceleratorPartition == wanted.acceleratorPartition,
            (live.count ?? 0) == (wanted.count ?? 0)
        else { return false }
        return (holds(live.accelerators, wanted.accelerators) || (live.accelerators ?? 0) == (wanted.accelerators ?? 0))
            && holdsNumber(live.vCpu, wanted.vCpu) && holdsNumber(live.memoryInGiB, wanted.memoryInGiB)
    }

    private static func words(_ amounts: [ComputeQuotaResource]) -> String? {
        amounts.isEmpty ? nil : amounts.map(words).sorted().joined(separator: ", ")
    }

    /// Amounts in words, sorted.
    static func sentences(_ amounts: [ComputeQuotaResource]) -> [String] { amounts.map(words).sorted() }

    private static func words(_ amount: ComputeQuotaResource) -> String {
        let parts: [String?] = [
            amount.count.map { "\($0)" }, amount.accelerators.map { "\($0) accelerators" },
            amount.vCpu.map { "\(number($0)) vCPU" }, amount.memoryInGiB.map { "\(number($0)) GiB" },
            amount.acceleratorPartition.map { "\($0.count) × \($0.type)" },
        ]
        let given = parts.compactMap { $0 }
        return "\(amount.instanceType) × \(given.isEmpty ? "0" : given.joined(separator: " + "))"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
