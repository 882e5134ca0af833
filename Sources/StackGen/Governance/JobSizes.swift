internal import Diagnostics
internal import Governance

/// Compares what jobs ask for with what their teams own and can have.
struct JobSizes {
    private let policy: PolicyModel
    private var told: Set<String> = []
    /// Shapes that were looked at, by team: a million jobs of a team have few.
    private var seen: Set<Int64> = []
    /// What all queues of a cohort lend together of a flavor's resource.
    private var lent: [Lent: Int64] = [:]
    private(set) var findings: [Diagnostic] = []

    init(_ policy: PolicyModel) { self.policy = policy }

    private struct Lent: Hashable {
        let cohort: String
        let flavor: String?
        let resource: String
    }

    /// Looks at a job; what is the same for every job of a team is told once.
    /// - Parameter number: that of the shape.
    mutating func look(_ name: String, team: Int, _ shape: JobShape, _ number: Int, at span: SourceSpan?) {
        guard seen.insert(Int64(team) << 32 | Int64(number)).inserted else { return }
        for request in shape.podSets.flatMap(\.requests) where request.amount > 0 {
            let (owned, limit) = amounts(team, request)
            guard request.amount > owned else { continue }
            let resource = request.resource
            let rule: JobsRule = request.amount > limit ? .neverFits : .livesOnBorrowed
            guard told.insert("\(rule.rawValue) \(team)").inserted else { return }
            let asked = "`\(name)` asks for \(Quantity.text(request.amount, of: resource)) \(resource)"
            findings.append(
                Diagnostic(
                    rule.severity, rule.rawValue,
                    rule == .neverFits
                        ? "\(asked), team `\(policy.teams[team])` can never have more than "
                            + "\(Quantity.text(limit, of: resource)): it is never admitted"
                        : "\(asked), team `\(policy.teams[team])` owns \(Quantity.text(owned, of: resource)): a lender "
                            + "can evict it at any time, as a whole",
                    at: span))
            return
        }
    }

    /// What a team owns of what is asked for, and the most that it can have when all others are idle.
    private mutating func amounts(_ team: Int, _ request: PodSet.Request) -> (owned: Int64, limit: Int64) {
        let queue = policy.queues[team]
        guard let own = limits(queue, request) else { return (0, 0) }
        guard let cohort = queue.cohort else { return (own.nominal, own.nominal) }
        let reachable = own.nominal - lends(own) + allLent(in: cohort, request)
        guard let borrowing = own.borrowingLimit else { return (own.nominal, reachable) }
        return (own.nominal, min(reachable, own.nominal + borrowing))
    }

    private func lends(_ limits: ResourceLimits) -> Int64 { min(limits.lendingLimit ?? limits.nominal, limits.nominal) }

    private mutating func allLent(in cohort: String, _ request: PodSet.Request) -> Int64 {
        let key = Lent(cohort: cohort, flavor: request.flavor, resource: request.resource)
        if let known = lent[key] { return known }
        let sum = policy.queues.filter { $0.cohort == cohort }
            .reduce(Int64(0)) { $0 + (limits($1, request).map(lends) ?? 0) }
        lent[key] = sum
        return sum
    }

    private func limits(_ queue: ClusterQueue, _ request: PodSet.Request) -> ResourceLimits? {
        let flavors = queue.resourceGroups.flatMap(\.flavors)
        return flavors.first { request.flavor == nil || $0.name == request.flavor }?.resources[request.resource]
    }
}
