/// Preemption with fair sharing (kubernetes-sigs/kueue: pkg/scheduler/preemption/fairsharing).
extension Scheduler {
    mutating func fairVictims(of preemptor: Preemptor) -> [Victim] {
        let candidates = fairCandidates(for: preemptor)
        guard !candidates.isEmpty else { return [] }
        // Shares are those with the preemptor admitted.
        add(preemptor.uses, to: preemptor.queue)
        var victims: [Victim] = []
        var rejected: [Int] = []
        var fits = firstPass(candidates, preemptor, &victims, &rejected)
        if !fits, options.strategies.count > 1 { fits = secondPass(rejected, preemptor, &victims) }
        remove(preemptor.uses, from: preemptor.queue)
        if fits { fillBack(&victims, preemptor, isBorrowing: true) }
        restore(victims)
        return fits ? victims : []
    }

    private func fairCandidates(for preemptor: Preemptor) -> [Int] {
        let policy = queues[preemptor.queue].preemption
        var found = candidates(in: preemptor.queue, for: preemptor, policy.withinClusterQueue)
        if tree.hasParent(preemptor.queue), policy.reclaimWithinCohort != .never {
            var cohorts = [tree.roots[preemptor.queue]]
            while let cohort = cohorts.popLast() {
                cohorts += tree.childCohorts[cohort]
                for queue in tree.childQueues[cohort]
                where queue != preemptor.queue && preemptor.needs.contains(where: { tree.borrows(queue, $0) }) {
                    found += candidates(in: queue, for: preemptor, policy.reclaimWithinCohort)
                }
            }
        }
        return found.sorted { goesFirst($0, $1, queue: preemptor.queue) }
    }

    /// Takes candidates by the first rule.
    /// - Returns: whether that is enough.
    private mutating func firstPass(
        _ candidates: [Int], _ preemptor: Preemptor, _ victims: inout [Victim], _ rejected: inout [Int]
    ) -> Bool {
        var targets = FairTargets(candidates, preemptor.queue, self)
        let isEntitled =
            options.preemptsWithinNominal && preemptor.needs.allSatisfy { !tree.borrows(preemptor.queue, $0) }
        while let queue = targets.next(self) {
            if queue == preemptor.queue || isEntitled {
                let reason: PreemptionReason = queue == preemptor.queue ? .inClusterQueue : .inCohortReclamation
                if take(targets.pop(queue), reason, preemptor, &victims) { return true }
                continue
            }
            let nodes = targets.nodesBelowMeeting(queue, self)
            let (mine, before) = (share(nodes.preemptor), share(nodes.target))
            if mine.isInfinite, !before.isInfinite {
                // No candidate of this queue can pass either rule.
                while targets.hasCandidate(queue) { rejected.append(targets.pop(queue)) }
                continue
            }
            while targets.hasCandidate(queue) {
                let candidate = targets.pop(queue)
                removeUsage(of: candidate)
                let after = share(nodes.target)
                addUsage(of: candidate)
                guard options.strategies[0].allows(mine, before: before, after: after) else {
                    rejected.append(candidate)
                    continue
                }
                if take(candidate, .inCohortFairSharing, preemptor, &victims) { return true }
                // Another queue may have the highest share now.
                break
            }
        }
        return false
    }

    /// Takes at most one of the rejected candidates of each queue by the second rule.
    private mutating func secondPass(_ rejected: [Int], _ preemptor: Preemptor, _ victims: inout [Victim]) -> Bool {
        var targets = FairTargets(rejected, preemptor.queue, self)
        while let queue = targets.next(self) {
            let nodes = targets.nodesBelowMeeting(queue, self)
            let allowed = Share.compare(share(nodes.preemptor), share(nodes.target)) < 0
            if allowed, take(targets.pop(queue), .inCohortFairSharing, preemptor, &victims) { return true }
            targets.drop(queue)
        }
        return false
    }

    /// Lets a candidate go.
    /// - Returns: whether the preemptor fits now.
    private mutating func take(
        _ candidate: Int, _ reason: PreemptionReason, _ preemptor: Preemptor, _ victims: inout [Victim]
    ) -> Bool {
        removeUsage(of: candidate)
        victims.append(Victim(workload: candidate, reason: reason))
        remove(preemptor.uses, from: preemptor.queue)
        defer { add(preemptor.uses, to: preemptor.queue) }
        return fits(preemptor, isBorrowing: true)
    }
}

extension KueueOptions.FairSharingRule {
    func allows(_ preemptor: Share, before: Share, after: Share) -> Bool {
        switch self {
        case .lessThanOrEqualToFinalShare: Share.compare(preemptor, after) <= 0
        case .lessThanInitialShare: Share.compare(preemptor, before) < 0
        }
    }
}

/// The queues from which workloads may be taken, the one with the highest share next.
struct FairTargets {
    private let preemptorQueue: Int
    private var candidates: [Int: ArraySlice<Int>] = [:]
    private var pruned: Set<Int> = []
    private let ancestors: [Int]

    /// - Parameter ordered: the candidates in the order of going.
    init(_ ordered: [Int], _ queue: Int, _ scheduler: Scheduler) {
        preemptorQueue = queue
        candidates = Dictionary(grouping: ordered) { Int(scheduler.workloads.queue[$0]) }.mapValues { $0[...] }
        var ancestors: [Int] = []
        var node = scheduler.tree.parents[queue]
        while node >= 0 {
            ancestors.append(node)
            node = scheduler.tree.parents[node]
        }
        self.ancestors = ancestors
    }

    func hasCandidate(_ queue: Int) -> Bool { candidates[queue]?.isEmpty == false }

    /// The next candidate of a queue that has one.
    mutating func pop(_ queue: Int) -> Int { candidates[queue, default: []].removeFirst() }

    mutating func drop(_ queue: Int) { pruned.insert(queue) }

    /// The queue to take from next; `nil` where nothing is left.
    mutating func next(_ scheduler: Scheduler) -> Int? {
        guard let root = ancestors.last else {
            return hasCandidate(preemptorQueue) && !pruned.contains(preemptorQueue) ? preemptorQueue : nil
        }
        while !pruned.contains(root) {
            if let queue = next(below: root, scheduler) { return queue }
        }
        return nil
    }

    /// Goes down to the child with the highest share; `nil` where the way only showed that a node has nothing.
    private mutating func next(below cohort: Int, _ scheduler: Scheduler) -> Int? {
        let (queue, queueShare) = highestQueue(below: cohort, scheduler)
        let (child, childShare) = highestCohort(below: cohort, scheduler)
        guard queue != nil || child != nil else {
            pruned.insert(cohort)
            return nil
        }
        if let child, Share.compare(childShare, queueShare) >= 0 { return next(below: child, scheduler) }
        return queue
    }

    private mutating func highestQueue(below cohort: Int, _ scheduler: Scheduler) -> (Int?, Share) {
        var (highest, highestShare): (Int?, Share) = (nil, .least)
        for queue in scheduler.tree.childQueues[cohort] where !pruned.contains(queue) {
            guard let first = candidates[queue]?.first else {
                pruned.insert(queue)
                continue
            }
            let share = scheduler.share(queue)
            if share.isZero, queue != preemptorQueue {
                pruned.insert(queue)
                continue
            }
            let order = Share.compare(share, highestShare)
            if order > 0 {
                (highest, highestShare) = (queue, share)
            } else if order == 0, let best = highest.flatMap({ candidates[$0]?.first }),
                scheduler.goesFirst(first, best, queue: preemptorQueue)
            {
                highest = queue
            }
        }
        return (highest, highestShare)
    }

    private mutating func highestCohort(below cohort: Int, _ scheduler: Scheduler) -> (Int?, Share) {
        var (highest, highestShare): (Int?, Share) = (nil, .least)
        for child in scheduler.tree.childCohorts[cohort] where !pruned.contains(child) {
            let share = scheduler.share(child)
            if share.isZero, !ancestors.contains(child) {
                pruned.insert(child)
            } else if Share.compare(share, highestShare) >= 0 {
                (highest, highestShare) = (child, share)
            }
        }
        return (highest, highestShare)
    }

    /// The nodes whose shares are compared: those right below the lowest cohort above both queues.
    func nodesBelowMeeting(_ target: Int, _ scheduler: Scheduler) -> (preemptor: Int, target: Int) {
        var node = target
        while node >= 0, !ancestors.contains(scheduler.tree.parents[node]) { node = scheduler.tree.parents[node] }
        let meeting = scheduler.tree.parents[node]
        var mine = preemptorQueue
        while scheduler.tree.parents[mine] != meeting { mine = scheduler.tree.parents[mine] }
        return (mine, node)
    }
}
