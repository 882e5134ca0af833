/// Runs jobs against a policy over time, as Kueue would.
///
/// At each instant: what comes due, what happens, what is submitted; then scheduling cycles until nothing changes.
/// The same input gives the same result.
public struct Simulator {
    let input: SimulationInput
    let scheduler: Scheduler
    var pending: [PendingQueue]
    var watch: QueueWatch
    var placement: Placement
    var ledger: Ledger
    var heap = EventHeap()
    var result = SimulationResult()
    var now: Int64 = 0
    /// Queues that may have something to try.
    var active: [Int] = []
    var isActive: [Bool]
    /// Jobs with quota that no machine could take, the oldest first.
    var withoutNodes: [Int] = []
    var runs: JobRuns
    /// Trees of cohorts in which quota came free.
    var wakeTrees: Set<Int> = []
    /// Queues whose first job waits for the pods of its victims to be gone.
    var waitingPreemptors: Set<Int> = []
    /// How often jobs were evicted at this instant.
    var evictedNow: [Int: Int] = [:]
    /// Whether jobs evict each other in a circle at this instant. Kueue would go on for ever; each turn takes it as
    /// long as pods take to end and to start, which a simulation without such times cannot tell apart.
    var isCircle = false
    /// Whether a job was evicted so often that it can only go on like that: with a grace period jobs can evict each
    /// other in turns for ever, each losing its work.
    var isHopeless = false
    /// Queues of the kind StrictFIFO, and those that cannot be sure to reclaim.
    var strictQueues: [Int] = []
    var holders: [Int] = []
    /// How often a job is evicted before the simulation gives up.
    static let mostEvictions = 500

    /// Runs a simulation.
    public static func run(_ input: SimulationInput) -> SimulationResult {
        var simulator = Simulator(input)
        simulator.run()
        return simulator.result
    }

    private init(_ input: SimulationInput) {
        self.input = input
        let scheduler = Scheduler(queues: input.queues, cohorts: input.cohorts, options: input.options)
        pending = Array(repeating: PendingQueue(), count: input.queues.count)
        placement = Placement(input.nodes, scheduler.table)
        ledger = Ledger(input.queues, scheduler.table)
        isActive = Array(repeating: false, count: input.queues.count)
        runs = JobRuns(count: input.jobs.count)
        let shapes = input.shapes.map { scheduler.number(of: $0) }
        scheduler.workloads.reserveCapacity(input.jobs.count)
        for (number, job) in input.jobs.enumerated() {
            scheduler.workloads.append(
                queue: Int(job.team), priority: Int(job.priority), created: job.submitted, identity: number,
                shape: shapes[Int(job.shape)])
        }
        watch = QueueWatch(scheduler, input)
        self.scheduler = scheduler
        listQueues()
        result.jobs = Array(repeating: SimulationResult.JobOutcome(), count: input.jobs.count)
    }

    /// Notes which queues have to be looked at in more cycles than others.
    mutating func listQueues() {
        strictQueues = scheduler.queues.indices.filter { scheduler.queues[$0].isStrict }
        holders = scheduler.queues.indices.filter { scheduler.queues[$0].preemption.reclaimWithinCohort != .any }
    }

    private mutating func run() {
        let order = input.jobs.indices.sorted {
            (input.jobs[$0].submitted, $0) < (input.jobs[$1].submitted, $1)
        }
        let events = input.events.indices.sorted { (input.events[$0].time, $0) < (input.events[$1].time, $1) }
        var snapshots = input.snapshots.sorted()[...]
        var (nextJob, nextEvent) = (0, 0)
        while true {
            var time = Int64.max
            if nextJob < order.count { time = min(time, input.jobs[order[nextJob]].submitted) }
            if nextEvent < events.count { time = min(time, input.events[events[nextEvent]].time) }
            if let item = heap.first { time = min(time, item.time) }
            if let end = input.end, time > end { time = .max }
            while let wanted = snapshots.first, wanted < time {
                takeSnapshot(at: wanted)
                snapshots = snapshots.dropFirst()
            }
            guard time != .max else { break }
            now = time
            while let item = heap.first, item.time == time, let due = heap.pop() { come(due) }
            while nextEvent < events.count, input.events[events[nextEvent]].time == time {
                happen(input.events[events[nextEvent]].kind)
                nextEvent += 1
            }
            while nextJob < order.count, input.jobs[order[nextJob]].submitted == time {
                submit(order[nextJob])
                nextJob += 1
            }
            settle()
            if isHopeless {
                result.unstable.append(now)
                break
            }
        }
        close()
    }

    private mutating func takeSnapshot(at time: Int64) {
        let teams = scheduler.queues.indices.map { queue in
            scheduler.table.pairs.enumerated().compactMap { number, pair in
                scheduler.tree.isDefined[scheduler.tree.at(queue, number)]
                    ? SimulationResult.Snapshot.Usage(
                        flavor: pair.flavor, resource: pair.resource, nominal: scheduler.tree.nominal(queue, number),
                        total: scheduler.tree.usage(queue, number)) : nil
            }
        }
        result.snapshots.append(SimulationResult.Snapshot(time: time, teams: teams))
    }

    /// Counts what is still under way.
    private mutating func close() {
        let end = input.end ?? max(now, input.snapshots.max() ?? 0)
        for job in input.jobs.indices {
            runs.close(job, at: end, submitted: input.jobs[job].submitted, &result.jobs[job])
        }
        ledger.settle(at: end)
        result.teams = ledger.outcomes
        result.unit = ledger.unit
        result.end = end
        result.capacityHours = capacityHours(end)
    }

    private func capacityHours(_ end: Int64) -> Double {
        guard !input.nodes.isEmpty else { return result.teams.reduce(0) { $0 + $1.owned } }
        let names = ledger.unit == "vCPU" ? ["cpu"] : Accelerators.names
        let units = input.nodes.reduce(0.0) { sum, group in
            sum + Double(group.count) * names.reduce(0) { $0 + Double(group.capacity[$1] ?? 0) }
        }
        return units / (ledger.unit == "vCPU" ? 1000 : 1) * Double(end) / 3_600_000
    }

    mutating func record(
        _ job: Int, _ kind: SimulationResult.Kind, _ reason: PreemptionReason? = nil, by: Int = -1
    ) {
        result.transitions.append(
            SimulationResult.Transition(
                time: now, job: Int32(truncatingIfNeeded: job), kind: kind, reason: reason,
                by: Int32(truncatingIfNeeded: by)))
        if input.watched.contains(job) { tell(job, kind, reason, by) }
    }
}
