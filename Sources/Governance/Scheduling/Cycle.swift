/// What one cycle decides about the first workload of a queue.
struct CycleEntry {
    let workload: Int
    var assignment: Assignment
    var victims: [Victim]
    var outcome = Outcome.noFit

    /// What became of it.
    enum Outcome: Equatable {
        case admitted
        /// Its victims were told to go.
        case preempting
        case noFit
        case noCandidates
        case overlap
        case lostRace
        /// It fits once workloads are gone that others evicted.
        case deferred
    }

    /// The words of Kueue for why it waits.
    func message(_ table: PairTable) -> String {
        switch outcome {
        case .admitted: return ""
        case .noFit, .noCandidates: return assignment.message(table)
        case .preempting:
            return assignment.message(table) + ". Pending the preemption of \(victims.count) workload(s)"
        case .overlap: return "Workload has overlapping preemption targets with another workload"
        case .lostRace: return "Workload no longer fits after processing another workload"
        case .deferred: return "Workload fits after the preemption of workloads that is under way"
        }
    }

    /// Whether a queue of the kind BestEffortFIFO tries it again in the next cycle.
    var isRetriedAtOnce: Bool {
        switch outcome {
        case .preempting, .overlap, .lostRace, .deferred: true
        case .admitted, .noFit, .noCandidates: false
        }
    }
}

/// One scheduling cycle (kubernetes-sigs/kueue: pkg/scheduler/scheduler.go).
extension Scheduler {
    /// Decides about the first workloads of the queues.
    ///
    /// Those that fit have their quota when it returns. Victims keep theirs: releasing it is up to whoever runs the
    /// cycles, since pods take time to end.
    /// - Parameters:
    ///   - heads: the first workload of each queue that has one.
    ///   - time: now, as workloads' times are counted.
    /// - Returns: the entries in the order in which they were decided.
    func cycle(_ heads: [Int], at time: Int64) -> [CycleEntry] {
        isOrderOfNoMatter = options.isFairSharing || heads.count == 1
        var waiting = heads.map { nominate($0) }
        var decided: [CycleEntry] = []
        decided.reserveCapacity(waiting.count)
        var run = CycleRun()
        var order = CycleOrder(waiting, self)
        while let place = order.next(waiting, self) {
            decide(&waiting[place], &run, at: time)
            decided.append(waiting[place])
        }
        for hold in run.holds { remove(hold.uses, from: hold.queue) }
        return decided
    }

    /// What a cycle keeps in mind.
    private struct CycleRun {
        /// Who was told to go, in this cycle.
        var evicted: [Int] = []
        /// Quota that is held until the cycle ends.
        var holds: [(queue: Int, uses: [Use])] = []
    }

    /// Finds flavors and victims for a workload.
    func nominate(_ workload: Int) -> CycleEntry {
        let assignment = assign(workload)
        return CycleEntry(workload: workload, assignment: assignment, victims: victims(for: assignment, workload))
    }

    private func victims(for assignment: Assignment, _ workload: Int) -> [Victim] {
        guard assignment.mode == .preempt else { return [] }
        let queue = Int(workloads.queue[workload])
        return victims(of: Preemptor(workload, queue, uses: assignment.uses, needs: assignment.needs))
    }

    private func decide(_ entry: inout CycleEntry, _ run: inout CycleRun, at time: Int64) {
        let queue = Int(workloads.queue[entry.workload])
        var mode = entry.assignment.mode
        if mode == .noFit {
            entry.outcome = .noFit
            return
        }
        if mode == .preempt, entry.victims.isEmpty {
            entry.outcome = .noCandidates
            holdBack(entry.assignment, queue, &run)
            return
        }
        if entry.victims.contains(where: { run.evicted.contains($0.workload) }) {
            guard options.recomputesOnOverlap, reconsider(&entry, run) else {
                entry.outcome = .overlap
                return
            }
            mode = entry.assignment.mode
        }
        guard fits(entry, queue, run) else {
            entry.outcome = .lostRace
            return
        }
        run.evicted += entry.victims.map(\.workload)
        if mode == .fit {
            entry.outcome = .admitted
            admit(entry.workload, uses: entry.assignment.uses, at: time)
        } else {
            entry.outcome = mode == .preempt ? .preempting : .deferred
            hold(entry.assignment.uses, queue, &run)
        }
    }

    private func hold(_ uses: [Use], _ queue: Int, _ run: inout CycleRun) {
        add(uses, to: queue)
        run.holds.append((queue, uses))
    }

    /// Whether an entry fits once all are gone that have to go in this cycle.
    private func fits(_ entry: CycleEntry, _ queue: Int, _ run: CycleRun) -> Bool {
        let gone = Set(run.evicted + entry.victims.map(\.workload)).sorted()
        for workload in gone { removeUsage(of: workload) }
        defer { for workload in gone { addUsage(of: workload) } }
        return entry.assignment.uses.allSatisfy { $0.amount <= tree.available(queue, Int($0.pair)) }
    }

    /// Searches again, in the flavors found before, with those gone that others evicted.
    /// - Returns: whether there is a way that shares no victim.
    private func reconsider(_ entry: inout CycleEntry, _ run: CycleRun) -> Bool {
        // They are out of the lists while it searches, so that nobody can be chosen twice.
        let uses = run.evicted.map { workloads.uses($0) }
        let times = run.evicted.map { workloads.reserved[$0] }
        let told = run.evicted.map { workloads.isEvicted[$0] }
        for workload in run.evicted { release(workload) }
        entry.assignment = assign(entry.workload, confinedTo: entry.assignment)
        entry.victims = victims(for: entry.assignment, entry.workload)
        for (place, workload) in run.evicted.enumerated() {
            admit(workload, uses: uses[place], at: times[place])
            workloads.isEvicted[workload] = told[place]
        }
        if entry.assignment.mode == .fit { entry.assignment.isDeferred = true }
        return entry.assignment.mode == .deferredFit || !entry.victims.isEmpty
    }

    /// Keeps others from borrowing what a workload waits for that cannot reclaim it for sure.
    private func holdBack(_ assignment: Assignment, _ queue: Int, _ run: inout CycleRun) {
        guard queues[queue].preemption.reclaimWithinCohort != .any else { return }
        let uses = assignment.uses.map { use in
            let pair = Int(use.pair)
            var amount = use.amount
            let left = tree.nominal(queue, pair) - tree.usage(queue, pair)
            if assignment.borrowing == 0 {
                amount = max(0, min(amount, left))
            } else if tree.borrowing[tree.at(queue, pair)] != QuotaTree.unlimited {
                amount = min(amount, left + tree.borrowing[tree.at(queue, pair)])
            }
            return Use(pair, amount)
        }
        hold(uses, queue, &run)
    }
}
