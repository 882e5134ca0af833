/// A workload for which others may have to go, with what it would use.
struct Preemptor {
    let workload: Int
    let queue: Int
    let uses: [Use]
    /// The pairs that lack quota.
    let needs: [Int]

    init(_ workload: Int, _ queue: Int, uses: [Use], needs: [Int]) {
        self.workload = workload
        self.queue = queue
        self.uses = uses
        self.needs = needs
    }
}

/// A workload that has to go, and why.
struct Victim: Equatable {
    let workload: Int
    var reason: PreemptionReason
}

/// When a workload is evicted among others: evicted already, of another queue, of lower priority, admitted later, by
/// unique id.
struct EvictionRank: Comparable {
    private let isNotEvicted: Bool
    private let isOwn: Bool
    private let priority: Int32
    private let reserved: Int64
    private let identity: Int32
    private let number: Int32

    init(_ workload: Int, _ table: WorkloadTable, isOwn: Bool) {
        isNotEvicted = !table.isEvicted[workload]
        self.isOwn = isOwn
        priority = table.priority[workload]
        reserved = table.reserved[workload]
        identity = table.identity[workload]
        number = Int32(truncatingIfNeeded: workload)
    }

    var workload: Int { Int(number) }
    var isEvicted: Bool { !isNotEvicted }

    static func < (first: EvictionRank, second: EvictionRank) -> Bool {
        if first.isNotEvicted != second.isNotEvicted { return second.isNotEvicted }
        if first.isOwn != second.isOwn { return second.isOwn }
        if first.priority != second.priority { return first.priority < second.priority }
        if first.reserved != second.reserved { return first.reserved > second.reserved }
        return first.identity < second.identity
    }
}

/// Why a workload was evicted, in Kueue's words.
public enum PreemptionReason: String, Sendable, CaseIterable {
    /// A workload of higher priority in its own queue.
    case inClusterQueue = "InClusterQueue"
    /// A queue took its quota back.
    case inCohortReclamation = "InCohortReclamation"
    /// A queue with a smaller share.
    case inCohortFairSharing = "InCohortFairSharing"
    /// A workload of higher priority that borrows.
    case inCohortReclaimWhileBorrowing = "InCohortReclaimWhileBorrowing"

    /// How Kueue says it in a condition's message.
    public var sentence: String {
        switch self {
        case .inClusterQueue: "prioritization in the ClusterQueue"
        case .inCohortReclamation: "reclamation within the cohort"
        case .inCohortFairSharing: "Fair Sharing within the cohort"
        case .inCohortReclaimWhileBorrowing: "reclamation within the cohort while borrowing"
        }
    }
}

/// What both ways of preemption share (kubernetes-sigs/kueue: pkg/scheduler/preemption/preemption.go).
extension Scheduler {
    /// The workloads that have to go for a workload to fit; empty where no allowed choice is enough.
    func victims(of preemptor: Preemptor) -> [Victim] {
        guard mayStayWithinLimit(preemptor) else { return [] }
        return options.isFairSharing ? fairVictims(of: preemptor) : classicVictims(of: preemptor)
    }

    /// Whether a queue could stay within its borrowing limit if all went of its own that may go: whoever goes in other
    /// queues makes no difference to that.
    private func mayStayWithinLimit(_ preemptor: Preemptor) -> Bool {
        let queue = preemptor.queue
        guard tree.hasParent(queue) else { return true }
        var own: [EvictionRank]?
        for use in preemptor.uses {
            let pair = Int(use.pair)
            let limit = tree.nominal(queue, pair).addingSaturated(tree.borrowing[tree.at(queue, pair)])
            var excess = (tree.usage(queue, pair) + use.amount).subtractingReportingOverflow(limit).partialValue
            guard excess > 0 else { continue }
            let mayGo = own ?? candidates(in: queue, for: preemptor, queues[queue].preemption.withinClusterQueue)
            own = mayGo
            for rank in mayGo {
                for other in workloads.uses(rank.workload) where other.pair == use.pair { excess -= other.amount }
            }
            if excess > 0 { return false }
        }
        return true
    }

    func borrows(_ queue: Int, anyOf pairs: [Int]) -> Bool {
        for pair in pairs where tree.borrows(queue, pair) { return true }
        return false
    }

    /// The workloads of a queue that a policy allows and that use what is needed, with their places in the order of
    /// going.
    func candidates(in queue: Int, for preemptor: Preemptor, _ scope: PreemptionPolicy.Scope) -> [EvictionRank] {
        guard scope != .never else { return [] }
        let (table, isOwn) = (workloads, queue == preemptor.queue)
        let (priority, created, usage) = (table.priority, table.created, table.usage)
        let mine = (priority: priority[preemptor.workload], created: created[preemptor.workload])
        var found: [EvictionRank] = []
        for candidate in admitted[queue] {
            let number = Int(candidate)
            let its = priority[number]
            switch scope {
            case .never: continue
            case .any: break
            case .lowerPriority: guard its < mine.priority else { continue }
            case .lowerOrNewerEqualPriority:
                guard its < mine.priority || (its == mine.priority && mine.created < created[number]) else { continue }
            }
            guard table.usages[Int(usage[number])].contains(where: { preemptor.needs.contains(Int($0.pair)) }) else {
                continue
            }
            found.append(EvictionRank(number, table, isOwn: isOwn))
        }
        return found
    }

    /// Whether a preemptor fits with what is used now.
    func fits(_ preemptor: Preemptor, isBorrowing: Bool) -> Bool {
        preemptor.uses.allSatisfy { use in
            (isBorrowing || !tree.borrows(preemptor.queue, Int(use.pair), with: use.amount))
                && use.amount <= tree.available(preemptor.queue, Int(use.pair))
        }
    }

    /// Puts back those that need not go: from the second last to the first, each that leaves room enough.
    ///
    /// The victims' usage must be removed, and is not restored. As in Kueue the last one takes the place of one put
    /// back, which decides what is looked at next.
    func fillBack(_ victims: inout [Victim], _ preemptor: Preemptor, isBorrowing: Bool) {
        for place in victims.indices.dropLast().reversed() {
            addUsage(of: victims[place].workload)
            if fits(preemptor, isBorrowing: isBorrowing) {
                victims.swapAt(place, victims.count - 1)
                victims.removeLast()
            } else {
                removeUsage(of: victims[place].workload)
            }
        }
    }

    func restore(_ victims: [Victim]) {
        for victim in victims { addUsage(of: victim.workload) }
    }
}
