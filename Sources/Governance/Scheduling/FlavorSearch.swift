/// The search for flavors that serve a workload (kubernetes-sigs/kueue: pkg/scheduler/flavorassigner).
extension Scheduler {
    /// How good a flavor is: its mode, and how far up quota is borrowed.
    private struct Grade {
        var mode: FlavorMode
        var borrowing: Int

        static let worst = Grade(mode: .noFit, borrowing: .max)
        static let best = Grade(mode: .fit, borrowing: 0)

        func isPreferred(to other: Grade, _ fungibility: FlavorFungibility) -> Bool {
            if mode == .noFit { return false }
            if other.mode == .noFit { return true }
            if (mode == .noCandidates) != (other.mode == .noCandidates) { return mode != .noCandidates }
            if fungibility.prefersPreemptionOverBorrowing {
                return borrowing != other.borrowing ? borrowing < other.borrowing : mode > other.mode
            }
            return mode != other.mode ? mode > other.mode : borrowing < other.borrowing
        }

        func endsSearch(_ fungibility: FlavorFungibility) -> Bool {
            switch mode {
            case .noFit, .noCandidates: return false
            case .preempt, .reclaim: if fungibility.triesNextWhenPreempting { return false }
            case .fit: break
            }
            return borrowing == 0 || !fungibility.triesNextWhenBorrowing
        }
    }

    /// Finds flavors for a workload.
    /// - Parameter nominated: flavors by pod set and resource to which the search is confined.
    func assign(_ workload: Int, confinedTo nominated: Assignment? = nil) -> Assignment {
        var assignment = Assignment()
        let shape = shapes[Int(workloads.shape[workload])]
        for (number, podSet) in shape.podSets.enumerated() {
            var found = Assignment.PodSetFlavors(name: podSet.name)
            let confined = nominated.flatMap { $0.podSets.indices.contains(number) ? $0.podSets[number] : nil }
            search(podSet, of: workload, &found, assignment, confined)
            for choice in found.flavors {
                let amount = podSet.requests.first { $0.resource == choice.resource }?.amount ?? 0
                assignment.add(amount, choice.pair)
                assignment.borrowing = max(assignment.borrowing, choice.borrowing)
            }
            assignment.podSets.append(found)
            if found.flavors.isEmpty, !found.reasons.isEmpty { break }
        }
        return assignment
    }

    /// Finds flavors for the groups of one pod set.
    private func search(
        _ podSet: CompiledShape.Pods, of workload: Int, _ found: inout Assignment.PodSetFlavors,
        _ assignment: Assignment, _ confined: Assignment.PodSetFlavors?
    ) {
        let queue = queues[Int(workloads.queue[workload])]
        var done: Set<Int> = []
        for request in podSet.requests {
            let group = request.resource < 0 ? -1 : queue.groupOfResource[request.resource]
            if group < 0 {
                // Nobody misses nothing of a resource that the queue does not have.
                if request.amount == 0 || request.name == "pods" { continue }
                found.flavors = []
                found.reasons = [.noResource(request.name)]
                return
            }
            guard done.insert(group).inserted else { continue }
            let requests = podSet.requests.filter { $0.resource >= 0 && queue.groupOfResource[$0.resource] == group }
            let (choices, reasons) = search(queue.groups[group], requests, of: workload, assignment, confined)
            if choices.isEmpty {
                found.flavors = []
                found.reasons = reasons
                return
            }
            found.flavors += choices
            found.reasons += reasons
        }
    }

    /// Finds one flavor for the resources of a group.
    private func search(
        _ group: CompiledQueue.Group, _ requests: [CompiledShape.Request], of workload: Int,
        _ assignment: Assignment, _ confined: Assignment.PodSetFlavors?
    ) -> ([Assignment.Choice], [WaitingReason]) {
        let fungibility = queues[Int(workloads.queue[workload])].fungibility
        var (best, bestGrade): ([Assignment.Choice], Grade) = ([], .worst)
        var reasons: [WaitingReason] = []
        let eligible = group.flavors.count { flavor in
            requests.allSatisfy { $0.flavor == -1 || $0.flavor == flavor }
        }
        for flavor in group.flavors {
            if let confined, !confined.flavors.contains(where: { table.flavorOfPair[$0.pair] == flavor }) { continue }
            if requests.contains(where: { $0.flavor != -1 && $0.flavor != flavor }) {
                reasons.append(.otherFlavor(flavor))
                continue
            }
            var (choices, grade): ([Assignment.Choice], Grade) = ([], .best)
            for request in requests {
                guard let pair = table.number(flavor: flavor, resource: request.resource) else { continue }
                let assumed = assignment.uses.first { Int($0.pair) == pair }?.amount ?? 0
                let (found, reason) = judge(
                    pair, request.amount, assumed: assumed, for: workload, isOnlyFlavor: eligible == 1)
                if let reason { reasons.append(reason) }
                if grade.isPreferred(to: found, fungibility) { grade = found }
                if grade.mode != .noFit {
                    choices.append(Assignment.Choice(request.resource, pair, found.mode, found.borrowing))
                }
            }
            let ends = grade.endsSearch(fungibility)
            if ends || grade.isPreferred(to: bestGrade, fungibility) {
                (best, bestGrade) = (choices, grade)
            }
            if ends { break }
        }
        return (best, bestGrade.mode == .fit ? [] : reasons)
    }

    /// Judges one pair.
    private func judge(
        _ pair: Int, _ request: Int64, assumed: Int64, for workload: Int, isOnlyFlavor: Bool
    ) -> (Grade, WaitingReason?) {
        let queue = Int(workloads.queue[workload])
        let amount = assumed + request
        let maximum = tree.potential(queue, pair)
        if amount > maximum {
            let reason = WaitingReason.exceedsMaximum(
                pair: pair, assumed: assumed, request: request, maximum: maximum)
            return (Grade(mode: .noFit, borrowing: 0), reason)
        }
        let level = tree.borrowingLevel(queue, pair, amount)
        let available = tree.available(queue, pair)
        if amount <= available { return (Grade(mode: .fit, borrowing: level.height), nil) }
        let reason = missing(pair, amount, amount - available, queue)
        guard tree.nominal(queue, pair) >= amount || level.isBelowTop || preemptsWhileBorrowing(queue) else {
            return (Grade(mode: .noFit, borrowing: level.height), reason)
        }
        // Who would have to go decides between flavors. Where there is one, it is asked once, for all resources; how far
        // up is borrowed matters only among several entries without fair sharing, or where quota is held back.
        if isOnlyFlavor, isOrderOfNoMatter, queues[queue].preemption.reclaimWithinCohort == .any,
            queues[queue].fungibility == FlavorFungibility()
        {
            return (Grade(mode: .reclaim, borrowing: level.height), reason)
        }
        return (simulatePreemption(pair, amount, for: workload), reason)
    }

    private func preemptsWhileBorrowing(_ queue: Int) -> Bool {
        let policy = queues[queue].preemption
        return policy.borrowWithinCohort != nil || (options.isFairSharing && policy.reclaimWithinCohort != .never)
    }

    private func missing(_ pair: Int, _ amount: Int64, _ lack: Int64, _ queue: Int) -> WaitingReason {
        guard options.namesBorrowingLimit, tree.hasParent(queue) else { return .moreNeeded(pair: pair, amount: lack) }
        let limit = tree.borrowing[tree.at(queue, pair)]
        let mayUse = tree.nominal(queue, pair).addingSaturated(limit)
        return tree.usage(queue, pair) + amount > mayUse
            ? .borrowingLimit(pair: pair) : .moreNeededInCohort(pair: pair, amount: lack)
    }

    /// Looks who would have to go for one pair alone.
    private func simulatePreemption(_ pair: Int, _ amount: Int64, for workload: Int) -> Grade {
        let queue = Int(workloads.queue[workload])
        let victims = victims(of: Preemptor(workload, queue, uses: [Use(pair, amount)], needs: [pair]))
        if victims.isEmpty {
            return Grade(mode: .noCandidates, borrowing: tree.borrowingLevel(queue, pair, amount).height)
        }
        for victim in victims { removeUsage(of: victim.workload) }
        let level = tree.borrowingLevel(queue, pair, amount)
        for victim in victims { addUsage(of: victim.workload) }
        let isOwn = victims.contains { Int(workloads.queue[$0.workload]) == queue }
        return Grade(mode: isOwn ? .preempt : .reclaim, borrowing: level.height)
    }
}
