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
        options.isFairSharing ? fairVictims(of: preemptor) : classicVictims(of: preemptor)
    }

    /// Whether a workload could be evicted under a policy.
    func isAllowed(_ candidate: Int, for preemptor: Int, _ scope: PreemptionPolicy.Scope) -> Bool {
        let (mine, its) = (workloads.priority[preemptor], workloads.priority[candidate])
        switch scope {
        case .never: return false
        case .any: return true
        case .lowerPriority: return its < mine
        case .lowerOrNewerEqualPriority:
            return its < mine || (its == mine && workloads.created[preemptor] < workloads.created[candidate])
        }
    }

    func borrows(_ queue: Int, anyOf pairs: [Int]) -> Bool {
        for pair in pairs where tree.borrows(queue, pair) { return true }
        return false
    }

    func uses(_ workload: Int, anyOf pairs: [Int]) -> Bool {
        workloads.uses(workload).contains { pairs.contains(Int($0.pair)) }
    }

    /// The workloads of a queue that a policy allows and that use what is needed.
    func candidates(in queue: Int, for preemptor: Preemptor, _ scope: PreemptionPolicy.Scope) -> [Int] {
        guard scope != .never else { return [] }
        return admitted[queue].lazy.map { Int($0) }.filter {
            isAllowed($0, for: preemptor.workload, scope) && uses($0, anyOf: preemptor.needs)
        }
    }

    /// Whether the first candidate is evicted before the second: evicted already, of another queue, of lower
    /// priority, admitted later, by unique id.
    func goesFirst(_ first: Int, _ second: Int, queue: Int) -> Bool {
        if workloads.isEvicted[first] != workloads.isEvicted[second] { return workloads.isEvicted[first] }
        let isOwn = (Int(workloads.queue[first]) == queue, Int(workloads.queue[second]) == queue)
        if isOwn.0 != isOwn.1 { return isOwn.1 }
        if workloads.priority[first] != workloads.priority[second] {
            return workloads.priority[first] < workloads.priority[second]
        }
        if workloads.reserved[first] != workloads.reserved[second] {
            return workloads.reserved[first] > workloads.reserved[second]
        }
        return workloads.identity[first] < workloads.identity[second]
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
