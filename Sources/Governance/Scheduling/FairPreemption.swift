/// Preemption with fair sharing (kubernetes-sigs/kueue: pkg/scheduler/preemption/fairsharing).
extension Scheduler {
    func fairVictims(of preemptor: Preemptor) -> [Victim] {
        var targets = FairTargets(preemptor, self)
        guard !targets.isEmpty else { return [] }
        // Shares are those with the preemptor admitted.
        add(preemptor.uses, to: preemptor.queue)
        var victims: [Victim] = []
        var rejected: [Int] = []
        var fits = firstPass(&targets, preemptor, &victims, &rejected)
        if !fits, options.strategies.count > 1 { fits = secondPass(rejected, preemptor, &victims) }
        remove(preemptor.uses, from: preemptor.queue)
        if fits { fillBack(&victims, preemptor, isBorrowing: true) }
        restore(victims)
        return fits ? victims : []
    }

    /// Takes candidates by the first rule.
    /// - Returns: whether that is enough.
    private func firstPass(
        _ targets: inout FairTargets, _ preemptor: Preemptor, _ victims: inout [Victim], _ rejected: inout [Int]
    ) -> Bool {
        let isEntitled =
            options.preemptsWithinNominal && preemptor.needs.allSatisfy { !tree.borrows(preemptor.queue, $0) }
        while let queue = targets.next(self, hasBar: !isEntitled) {
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
    private func secondPass(_ rejected: [Int], _ preemptor: Preemptor, _ victims: inout [Victim]) -> Bool {
        guard !rejected.isEmpty else { return false }
        let ordered = rejected.sorted { goesFirst($0, $1, queue: preemptor.queue) }
        var targets = FairTargets(preemptor, self, ordered)
        while let queue = targets.next(self, hasBar: true) {
            let nodes = targets.nodesBelowMeeting(queue, self)
            let allowed = Share.compare(share(nodes.preemptor), share(nodes.target)) < 0
            if allowed, take(targets.pop(queue), .inCohortFairSharing, preemptor, &victims) { return true }
            targets.drop(queue)
        }
        return false
    }

    /// Lets a candidate go.
    /// - Returns: whether the preemptor fits now.
    private func take(
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
