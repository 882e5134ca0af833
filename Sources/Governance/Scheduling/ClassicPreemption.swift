/// Preemption without fair sharing (kubernetes-sigs/kueue: pkg/scheduler/preemption/classical).
extension Scheduler {
    /// A workload that may have to go.
    private struct Candidate: Comparable {
        /// What stands behind an eviction.
        enum Claim: Equatable {
            case own
            /// The preemptor takes quota that is nearer to it than to the candidate's queue.
            case hierarchical
            /// Only while the preemptor does not borrow.
            case withoutBorrowing
            case whileBorrowing

            var reason: PreemptionReason {
                switch self {
                case .own: .inClusterQueue
                case .hierarchical, .withoutBorrowing: .inCohortReclamation
                case .whileBorrowing: .inCohortReclaimWhileBorrowing
                }
            }
        }

        let rank: EvictionRank
        let claim: Claim
        /// The lowest cohort above both queues; -1 for a candidate of the own queue.
        let meeting: Int

        var workload: Int { rank.workload }

        /// Claims by the cohort go before those by priority, and the own queue's workloads last.
        private var list: Int {
            switch claim {
            case .hierarchical: 0
            case .withoutBorrowing, .whileBorrowing: 1
            case .own: 2
            }
        }

        static func == (first: Candidate, second: Candidate) -> Bool { first.rank == second.rank }

        static func < (first: Candidate, second: Candidate) -> Bool {
            if first.rank.isEvicted != second.rank.isEvicted { return first.rank.isEvicted }
            return first.list != second.list ? first.list < second.list : first.rank < second.rank
        }
    }

    func classicVictims(of preemptor: Preemptor) -> [Victim] {
        let policy = queues[preemptor.queue].preemption
        let own = candidates(in: preemptor.queue, for: preemptor, policy.withinClusterQueue).map {
            Candidate(rank: $0, claim: .own, meeting: -1)
        }
        let (hierarchical, byPriority) = foreignCandidates(for: preemptor)
        let hasForeign = !hierarchical.isEmpty || !byPriority.isEmpty
        // Few of many go: a heap brings them in order without sorting the others.
        let ordered = Heap(hierarchical + byPriority + own)
        let isForbidden = policy.borrowWithinCohort == nil
        let isUnderNominal = preemptor.needs.allSatisfy {
            tree.usage(preemptor.queue, $0) < tree.nominal(preemptor.queue, $0)
        }
        let attempts: [Bool] =
            if !hasForeign || (isForbidden && !isUnderNominal) {
                [true]
            } else if isForbidden && hierarchical.isEmpty {
                [false, true]
            } else {
                [true, false]
            }
        for isBorrowing in attempts {
            var victims: [Victim] = []
            var heap = ordered
            while let candidate = heap.pop() {
                guard isValid(candidate, preemptor, isBorrowing) else { continue }
                removeUsage(of: candidate.workload)
                victims.append(Victim(workload: candidate.workload, reason: candidate.claim.reason))
                guard fits(preemptor, isBorrowing: isBorrowing) else { continue }
                fillBack(&victims, preemptor, isBorrowing: isBorrowing)
                restore(victims)
                return victims
            }
            restore(victims)
        }
        return []
    }

    /// Whether a candidate may still go: those that went before may have brought its queue back within its quota.
    private func isValid(_ candidate: Candidate, _ preemptor: Preemptor, _ isBorrowing: Bool) -> Bool {
        if candidate.claim == .own { return true }
        if isBorrowing, candidate.claim == .withoutBorrowing { return false }
        var node = Int(workloads.queue[candidate.workload])
        while node >= 0, node != candidate.meeting {
            if tree.isWithinQuota(node, preemptor.needs) { return false }
            node = tree.parents[node]
        }
        return true
    }

    /// Walks up from the queue; where the request fits in the quota below, what lies beside is taken back.
    private func foreignCandidates(for preemptor: Preemptor) -> (hierarchical: [Candidate], byPriority: [Candidate]) {
        guard tree.hasParent(preemptor.queue), queues[preemptor.queue].preemption.reclaimWithinCohort != .never else {
            return ([], [])
        }
        var (hierarchical, byPriority): ([Candidate], [Candidate]) = ([], [])
        var remaining = preemptor.uses
        var hasAdvantage = fitsInQuota(preemptor.queue, &remaining)
        if !hasAdvantage, !mayStayWithinQuota(preemptor) { return ([], []) }
        var (cohort, done) = (tree.parents[preemptor.queue], -1)
        while cohort >= 0 {
            let found = candidates(below: cohort, meeting: cohort, except: done, for: preemptor, hasAdvantage)
            if hasAdvantage { hierarchical += found } else { byPriority += found }
            let fits = fitsInQuota(cohort, &remaining)
            hasAdvantage = hasAdvantage || fits
            (done, cohort) = (cohort, tree.parents[cohort])
        }
        return (hierarchical, byPriority)
    }

    /// Whether candidates of other queues could be of use to a preemptor that has no claim on their quota.
    ///
    /// Right below the top of a cohort they may go only where the preemptor does not borrow. Where it would borrow
    /// even after all of its own queue's candidates are gone, none needs to be looked for.
    private func mayStayWithinQuota(_ preemptor: Preemptor) -> Bool {
        let policy = queues[preemptor.queue].preemption
        guard tree.parents[tree.parents[preemptor.queue]] < 0, policy.borrowWithinCohort == nil else { return true }
        let own = candidates(in: preemptor.queue, for: preemptor, policy.withinClusterQueue)
        return preemptor.uses.allSatisfy { use in
            let pair = Int(use.pair)
            let mayGo = own.reduce(0) { sum, rank in
                sum + workloads.uses(rank.workload).reduce(0) { $0 + ($1.pair == use.pair ? $1.amount : 0) }
            }
            return tree.usage(preemptor.queue, pair) - mayGo + use.amount <= tree.nominal(preemptor.queue, pair)
        }
    }

    /// Whether requests fit in the quota of a node; what its local quota does not hold remains.
    private func fitsInQuota(_ node: Int, _ requests: inout [Use]) -> Bool {
        var fits = true
        for place in requests.indices {
            let (pair, amount) = (Int(requests[place].pair), requests[place].amount)
            if tree.usage(node, pair) + amount > tree.subtree[tree.at(node, pair)] { fits = false }
            requests[place].amount = max(0, amount - tree.localAvailable(node, pair))
        }
        return fits
    }

    private func candidates(
        below cohort: Int, meeting: Int, except done: Int, for preemptor: Preemptor, _ hasAdvantage: Bool
    ) -> [Candidate] {
        var found: [Candidate] = []
        for child in tree.childCohorts[cohort] where child != done && !tree.isWithinQuota(child, preemptor.needs) {
            found += candidates(below: child, meeting: meeting, except: done, for: preemptor, hasAdvantage)
        }
        let policy = queues[preemptor.queue].preemption
        for queue in tree.childQueues[cohort]
        where queue != preemptor.queue && !tree.isWithinQuota(queue, preemptor.needs) {
            for rank in candidates(in: queue, for: preemptor, policy.reclaimWithinCohort) {
                let claim: Candidate.Claim =
                    hasAdvantage
                    ? .hierarchical : (borrows(over: rank.workload, preemptor) ? .whileBorrowing : .withoutBorrowing)
                found.append(Candidate(rank: rank, claim: claim, meeting: meeting))
            }
        }
        return found
    }

    /// Whether a candidate may go although the preemptor borrows.
    private func borrows(over candidate: Int, _ preemptor: Preemptor) -> Bool {
        guard let policy = queues[preemptor.queue].preemption.borrowWithinCohort else { return false }
        let (mine, its) = (workloads.priority[preemptor.workload], workloads.priority[candidate])
        return its < mine && policy.maxPriorityThreshold.map { Int(its) <= $0 } ?? true
    }
}
