/// Scheduling cycles until nothing changes.
extension Simulator {
    mutating func settle() {
        var turns = 0
        var hasChanged = false
        while true {
            turns += 1
            wake()
            guard let heads = nextHeads() ?? (hasChanged ? strictHeads().nonEmpty : nil) else { break }
            guard !heads.isEmpty else { continue }
            result.cycles += 1
            let entries = scheduler.cycle(heads, at: now)
            var told = 0
            for entry in entries { told += carryOut(entry) }
            hasChanged = told > 0 || entries.contains { $0.outcome == .admitted }
            if told == 0, entries.allSatisfy({ $0.isRetriedAtOnce || isStrict($0) }) {
                // Held up by those who wait, or by pods that are not gone yet: the next cycle would be the same.
                for entry in entries { pending[Int(input.jobs[entry.workload].team)].isBlocked = true }
            }
            // Whatever goes on for so long without end goes on in a circle, too.
            if isCircle || turns > 1000 + 2 * input.jobs.count {
                result.unstable.append(now)
                break
            }
        }
        evictedNow.removeAll(keepingCapacity: true)
        isCircle = false
        if !input.watched.isEmpty { tellWaiting() }
    }

    private func isStrict(_ entry: CycleEntry) -> Bool {
        entry.outcome != .admitted && scheduler.queues[Int(input.jobs[entry.workload].team)].isStrict
    }

    /// Unparks what may have a chance now that quota came free.
    private mutating func wake() {
        for tree in wakeTrees.sorted() {
            watch.refresh(tree, pending, scheduler)
            let promising = watch.promising(tree, scheduler)
            for (queue, place) in promising { unpark(queue, place) }
            let trying = Set(promising.map(\.queue)).union(active.filter { watch.treeOfQueue[$0] == tree })
            for queue in trying.sorted() {
                // The others take their turn as they would in Kueue, and are refused without a look.
                for place in pending[queue].classes.indices where pending[queue].classes[place].isParked {
                    pending[queue].setHopeless(place)
                }
                if scheduler.queues[queue].isActive { activate(queue) }
            }
            if !trying.isEmpty { letHoldersLook(tree) }
            for queue in watch.queues(of: tree) where pending[queue].isBlocked {
                pending[queue].isBlocked = false
                if scheduler.queues[queue].isActive { activate(queue) }
            }
        }
        wakeTrees.removeAll()
    }

    /// Who cannot be sure to reclaim holds what it waits for against the others, so it has to be looked at.
    private mutating func letHoldersLook(_ tree: Int) {
        for queue in holders
        where watch.treeOfQueue[queue] == tree && scheduler.queues[queue].isActive {
            for place in pending[queue].classes.indices
            where pending[queue].classes[place].isParked || pending[queue].classes[place].isHopeless {
                unpark(queue, place)
                activate(queue)
            }
        }
    }

    /// The first job of every queue that has one to try.
    /// - Returns: `nil` where no queue has; empty where those there are need no look.
    private mutating func nextHeads() -> [Int]? {
        var heads: [Int] = []
        var remaining: [Int] = []
        var hasTurn = false
        for queue in active {
            guard let place = pending[queue].first(scheduler.workloads) else {
                isActive[queue] = false
                continue
            }
            remaining.append(queue)
            hasTurn = true
            if pending[queue].classes[place].isHopeless {
                pending[queue].setParked(place, true)
            } else {
                heads.append(pending[queue].job(place, scheduler.workloads))
            }
        }
        active = remaining
        guard hasTurn else { return nil }
        if !heads.isEmpty {
            heads += strictHeads()
            // Those that wait for victims to leave hold their quota against the others.
            heads += waitingPreemptors.sorted().filter { pending[$0].isBlocked && pending[$0].preemptor >= 0 }
                .map { Int(pending[$0].preemptor) }
        }
        return heads
    }

    /// The first jobs of queues of the kind StrictFIFO that were refused: Kueue tries them again in every cycle.
    private mutating func strictHeads() -> [Int] {
        var heads: [Int] = []
        for queue in strictQueues
        where scheduler.queues[queue].isActive && pending[queue].isBlocked && !waitingPreemptors.contains(queue) {
            pending[queue].isBlocked = false
            guard let place = pending[queue].first(scheduler.workloads) else { continue }
            heads.append(pending[queue].job(place, scheduler.workloads))
            activate(queue)
        }
        return heads
    }

    /// Does what a cycle decided.
    /// - Returns: how many jobs were told to go.
    private mutating func carryOut(_ entry: CycleEntry) -> Int {
        let (job, queue) = (entry.workload, Int(input.jobs[entry.workload].team))
        switch entry.outcome {
        case .admitted:
            pending[queue].remove(job, scheduler.workloads)
            unblock(queue)
            begin(job)
            return 0
        case .preempting:
            if !scheduler.queues[queue].isStrict { pending[queue].preemptor = Int32(truncatingIfNeeded: job) }
            let told = entry.victims.filter { !scheduler.workloads.isEvicted[$0.workload] }
            for victim in told { evict(victim.workload, victim.reason, by: job) }
            if input.gracePeriod > 0 {
                // Nothing to do until pods are gone.
                pending[queue].preemptor = Int32(truncatingIfNeeded: job)
                pending[queue].isBlocked = true
                waitingPreemptors.insert(queue)
            }
            return told.count
        case .noFit, .noCandidates:
            if pending[queue].preemptor == Int32(truncatingIfNeeded: job) { pending[queue].preemptor = -1 }
            unblock(queue)
            park(job, queue)
            return 0
        case .overlap, .lostRace, .deferred:
            if pending[queue].preemptor == Int32(truncatingIfNeeded: job) { pending[queue].preemptor = -1 }
            return 0
        }
    }

    private mutating func unblock(_ queue: Int) {
        guard waitingPreemptors.remove(queue) != nil else { return }
        pending[queue].isBlocked = false
        activate(queue)
    }

    private mutating func park(_ job: Int, _ queue: Int) {
        if scheduler.queues[queue].isStrict {
            pending[queue].isBlocked = true
            return
        }
        guard let place = pending[queue].place(of: job, scheduler.workloads) else { return }
        let waiting = pending[queue].classes[place]
        pending[queue].setParked(place, true)
        watch.park(queue, place, scheduler.outlook(queue, shape: Int(waiting.shape), priority: waiting.priority))
    }
}

extension Array {
    /// The array; nil for one without elements.
    fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
