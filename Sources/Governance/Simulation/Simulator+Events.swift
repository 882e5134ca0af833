/// What happens to jobs and machines.
extension Simulator {
    mutating func submit(_ job: Int) {
        runs.set(job, .waiting, at: now, &result.jobs[job])
        enqueue(job)
    }

    /// Puts a job in its queue.
    private mutating func enqueue(_ job: Int) {
        let queue = Int(input.jobs[job].team)
        let place = pending[queue].add(job, scheduler.workloads)
        guard scheduler.queues[queue].isActive else { return }
        // Behind a first job that does not fit nobody is tried, but who goes before it is.
        if pending[queue].isBlocked, pending[queue].isFirst(job, scheduler.workloads) {
            pending[queue].isBlocked = false
        }
        if pending[queue].classes[place].isParked {
            // Jobs that are alike share their fate, unless it may have changed unseen.
            watch.refresh(watch.treeOfQueue[queue], pending, scheduler)
            let waiting = pending[queue].classes[place]
            let outlook = scheduler.outlook(queue, shape: Int(waiting.shape), priority: waiting.priority)
            guard watch.isPromising(outlook, queue, scheduler) else { return }
            unpark(queue, place)
        }
        activate(queue)
    }

    mutating func activate(_ queue: Int) {
        guard !isActive[queue] else { return }
        isActive[queue] = true
        active.append(queue)
    }

    mutating func unpark(_ queue: Int, _ place: Int) {
        pending[queue].setParked(place, false)
        watch.unpark(queue, place)
    }

    /// Something of a timer comes due.
    mutating func come(_ item: EventHeap.Item) {
        let job = Int(item.job)
        switch item.kind {
        case .done where runs.state[job] == .running && runs.doneAt[job] == item.time: finish(job, .finished)
        case .gone where runs.state[job] == .ending: leave(job)
        default: break
        }
    }

    mutating func happen(_ kind: SimulationEvent.Kind) {
        switch kind {
        case .finish(let job): finish(job, .finished)
        case .delete(let job): finish(job, .deleted)
        case .nodeLost(let type, let count): lose(type, count)
        case .nodeBack(let type, let count):
            guard let flavor = scheduler.table.flavor(type) else { return }
            placement.bringBack(count, of: flavor)
            seatWaiting()
        case .policy(let queues, let cohorts): change(queues, cohorts)
        }
    }

    /// A job is over.
    private mutating func finish(_ job: Int, _ kind: SimulationResult.Kind) {
        let queue = Int(input.jobs[job].team)
        switch runs.state[job] {
        case .unknown, .ended: return
        case .waiting:
            pending[queue].remove(job, scheduler.workloads)
            if scheduler.queues[queue].isStrict {
                pending[queue].isBlocked = false
                activate(queue)
            }
        case .withoutNodes, .running, .ending:
            _ = runs.stop(job, at: now, checkpoint: 0)
            release(job)
        }
        runs.set(job, .ended, at: now, &result.jobs[job])
        result.jobs[job].ended = now
        result.jobs[job].isFinished = kind == .finished
        record(job, kind)
    }

    /// Takes quota and machines from a job, and lets others look.
    private mutating func release(_ job: Int) {
        let queue = Int(input.jobs[job].team)
        ledger.change(queue, by: -ledger.amount(scheduler.workloads.uses(job)), at: now)
        scheduler.release(job)
        leaveNodes(job)
        watch.touch(queue)
        wakeTrees.insert(watch.treeOfQueue[queue])
    }

    /// Takes a job off its machines, and seats those that wait for some.
    private mutating func leaveNodes(_ job: Int) {
        if !withoutNodes.isEmpty { withoutNodes.removeAll { $0 == job } }
        if placement.remove(job) { seatWaiting() }
    }

    private mutating func seatWaiting() {
        guard !withoutNodes.isEmpty else { return }
        var remaining: [Int] = []
        for job in withoutNodes {
            let shape = scheduler.shapes[Int(scheduler.workloads.shape[job])]
            if placement.place(job, shape, scheduler.workloads.uses(job)) {
                start(job)
                record(job, .started)
            } else {
                remaining.append(job)
            }
        }
        withoutNodes = remaining
    }

    /// Lets a job work.
    private mutating func start(_ job: Int) {
        runs.set(job, .running, at: now, &result.jobs[job])
        if let end = runs.work(job, input.jobs[job].duration, from: now) { heap.push(end, job, .done) }
    }

    /// A job got quota: it runs where there are machines.
    mutating func begin(_ job: Int) {
        let queue = Int(input.jobs[job].team)
        let uses = scheduler.workloads.uses(job)
        ledger.change(queue, by: ledger.amount(uses), at: now)
        watch.touch(queue)
        let isBorrowing = uses.contains { $0.amount > 0 && scheduler.tree.borrows(queue, Int($0.pair)) }
        record(job, isBorrowing ? .admittedBorrowing : .admitted)
        let shape = scheduler.shapes[Int(scheduler.workloads.shape[job])]
        if placement.isEmpty || placement.place(job, shape, uses) {
            start(job)
        } else {
            runs.set(job, .withoutNodes, at: now, &result.jobs[job])
            withoutNodes.append(job)
            record(job, .waitsForNodes)
        }
    }

    /// A job is told to go.
    mutating func evict(_ job: Int, _ reason: PreemptionReason, by: Int) {
        guard runs.state[job] == .running || runs.state[job] == .withoutNodes else { return }
        lose(job, byEviction: true)
        ledger.countEviction(Int(input.jobs[job].team))
        result.jobs[job].evictions += 1
        evictedNow[job, default: 0] += 1
        if evictedNow[job, default: 0] > 2 { isCircle = true }
        if result.jobs[job].evictions > Self.mostEvictions { isHopeless = true }
        record(job, .evicted, reason, by: by)
        if input.gracePeriod > 0 {
            scheduler.workloads.isEvicted[job] = true
            runs.set(job, .ending, at: now, &result.jobs[job])
            heap.push(now + input.gracePeriod, job, .gone)
        } else {
            leave(job)
        }
    }

    /// An evicted job's pods are gone: it waits again.
    private mutating func leave(_ job: Int) {
        release(job)
        runs.set(job, .waiting, at: now, &result.jobs[job])
        enqueue(job)
    }

    private mutating func lose(_ job: Int, byEviction isEviction: Bool) {
        let lost = runs.stop(job, at: now, checkpoint: input.jobs[job].checkpoint)
        result.jobs[job].lost += lost
        ledger.lose(
            Int(input.jobs[job].team), ledger.amount(scheduler.workloads.uses(job)), for: lost, byEviction: isEviction)
    }

    /// Machines fail: jobs on them keep their quota and need others.
    private mutating func lose(_ type: String, _ count: Int) {
        guard let flavor = scheduler.table.flavor(type) else { return }
        for job in placement.lose(count, of: flavor) {
            lose(job, byEviction: false)
            placement.remove(job)
            guard runs.state[job] == .running else { continue }
            runs.set(job, .withoutNodes, at: now, &result.jobs[job])
            withoutNodes.append(job)
            record(job, .interrupted)
        }
        withoutNodes.sort { (scheduler.workloads.reserved[$0], $0) < (scheduler.workloads.reserved[$1], $1) }
        seatWaiting()
    }

    /// Another policy: everybody may try again.
    private mutating func change(_ queues: [ClusterQueue], _ cohorts: [Cohort]) {
        scheduler.update(queues: queues, cohorts: cohorts)
        listQueues()
        ledger.setOwned(queues, scheduler.table, at: now)
        for queue in queues.indices {
            watch.touch(queue)
            for place in pending[queue].classes.indices { unpark(queue, place) }
            pending[queue].isBlocked = false
            if scheduler.queues[queue].isActive { activate(queue) }
        }
    }
}
