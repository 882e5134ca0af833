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
        if !fits, options.strategies.count > 1 {
            fits = secondPass(rejected, targets.hopeless, preemptor, &victims)
        }
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
        let isHopeless = { (queue: Int) in
            if isEntitled { return false }
            let (mine, before) = (self.shares[preemptor.queue], self.shares[queue])
            if mine.isInfinite, !before.isInfinite { return true }
            return !self.options.strategies[0].allows(mine, before: before, after: self.highestShareAfter(queue))
        }
        while let queue = targets.next(self, hasBar: !isEntitled, isHopeless: isHopeless) {
            if queue == preemptor.queue || isEntitled {
                let reason: PreemptionReason = queue == preemptor.queue ? .inClusterQueue : .inCohortReclamation
                guard let candidate = targets.pop(queue) else { continue }
                if take(candidate, reason, preemptor, &victims) { return true }
                continue
            }
            let nodes = targets.nodesBelowMeeting(queue, self)
            let (mine, before) = (share(nodes.preemptor), share(nodes.target))
            if mine.isInfinite, !before.isInfinite {
                // No candidate of this queue can pass either rule.
                while let candidate = targets.pop(queue) { rejected.append(candidate) }
                continue
            }
            while let candidate = targets.pop(queue) {
                let after = share(nodes.target, without: candidate)
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

    /// The share of a node if a workload below it were gone.
    private func share(_ node: Int, without workload: Int) -> Share {
        if node == Int(workloads.queue[workload]) {
            return tree.share(node, table, isExact: options.hasExactShares, without: workloads.uses(workload))
        }
        removeUsage(of: workload)
        defer { addUsage(of: workload) }
        return share(node)
    }

    /// Takes at most one of the rejected candidates of each queue by the second rule.
    private func secondPass(
        _ rejected: [Int], _ hopeless: [Int], _ preemptor: Preemptor, _ victims: inout [Victim]
    ) -> Bool {
        guard !rejected.isEmpty || !hopeless.isEmpty else { return false }
        var targets = FairTargets(preemptor, self, rejected, hopeless)
        while let queue = targets.next(self, hasBar: true) {
            let nodes = targets.nodesBelowMeeting(queue, self)
            let allowed = Share.compare(share(nodes.preemptor), share(nodes.target)) < 0
            if allowed, let candidate = targets.pop(queue),
                take(candidate, .inCohortFairSharing, preemptor, &victims)
            {
                return true
            }
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
