/// Preemption without fair sharing (kubernetes-sigs/kueue: pkg/scheduler/preemption/classical).
extension Scheduler {
    /// A workload that may have to go.
    private struct Candidate {
        /// What stands behind an eviction.
        enum Claim {
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

        let workload: Int
        let claim: Claim
        /// The lowest cohort above both queues; -1 for a candidate of the own queue.
        let meeting: Int
    }

    /// All candidates in the order of going.
    private struct CandidateList {
        var ordered: [Candidate]
        var hasForeign: Bool
        var hasHierarchical: Bool
    }

    func classicVictims(of preemptor: Preemptor) -> [Victim] {
        let list = candidateList(for: preemptor)
        let isForbidden = queues[preemptor.queue].preemption.borrowWithinCohort == nil
        let isUnderNominal = preemptor.needs.allSatisfy {
            tree.usage(preemptor.queue, $0) < tree.nominal(preemptor.queue, $0)
        }
        let attempts: [Bool] =
            if !list.hasForeign || (isForbidden && !isUnderNominal) {
                [true]
            } else if isForbidden && !list.hasHierarchical {
                [false, true]
            } else {
                [true, false]
            }
        for isBorrowing in attempts {
            var victims: [Victim] = []
            for candidate in list.ordered where isValid(candidate, preemptor, isBorrowing) {
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

    private func candidateList(for preemptor: Preemptor) -> CandidateList {
        let policy = queues[preemptor.queue].preemption
        let own = candidates(in: preemptor.queue, for: preemptor, policy.withinClusterQueue).map {
            Candidate(workload: $0, claim: .own, meeting: -1)
        }
        let (hierarchical, byPriority) = foreignCandidates(for: preemptor)
        let lists = [hierarchical, byPriority, own].map { list in
            list.sorted { goesFirst($0.workload, $1.workload, queue: preemptor.queue) }
        }
        let all = lists.joined()
        return CandidateList(
            ordered: all.filter { workloads.isEvicted[$0.workload] } + all.filter { !workloads.isEvicted[$0.workload] },
            hasForeign: !hierarchical.isEmpty || !byPriority.isEmpty, hasHierarchical: !hierarchical.isEmpty)
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
            let mayGo = own.reduce(0) { sum, workload in
                sum + workloads.uses(workload).reduce(0) { $0 + ($1.pair == use.pair ? $1.amount : 0) }
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
            for workload in candidates(in: queue, for: preemptor, policy.reclaimWithinCohort) {
                let claim: Candidate.Claim =
                    hasAdvantage
                    ? .hierarchical : (borrows(over: workload, preemptor) ? .whileBorrowing : .withoutBorrowing)
                found.append(Candidate(workload: workload, claim: claim, meeting: meeting))
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
