import Governance
import Testing

/// What holds for any policy and any jobs.
@Suite struct InvariantTests {
    private static let flavor = "ml.g5.12xlarge"

    /// A policy and jobs at random: teams that lend, borrow or stand alone, every way of preemption, every weight.
    private static func input(seed: UInt64) -> SimulationInput {
        var random = SeededRandom(seed: seed)
        func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
        let queues = (0..<(2 + pick(5))).map { team -> ClusterQueue in
            let isAlone = pick(6) == 0
            let nominal = Int64(pick(5) * 4)
            let limits = ResourceLimits(
                nominal: nominal, borrowingLimit: isAlone || pick(3) == 0 ? nil : Int64(pick(5) * 4),
                lendingLimit: isAlone || pick(3) > 0 ? nil : Int64(pick(Int(nominal) + 1)))
            var queue = ClusterQueue(
                name: "team-\(team)", cohort: isAlone ? nil : "pool",
                resourceGroups: [
                    ResourceGroup(flavors: [FlavorQuotas(name: flavor, resources: ["nvidia.com/gpu": limits])])
                ])
            queue.preemption.withinClusterQueue = [.never, .lowerPriority, .lowerOrNewerEqualPriority][pick(3)]
            queue.preemption.reclaimWithinCohort = [.never, .lowerPriority, .any][pick(3)]
            if pick(3) == 0, queue.preemption.reclaimWithinCohort != .never {
                queue.preemption.borrowWithinCohort = .init(maxPriorityThreshold: pick(2) == 0 ? nil : pick(100))
            }
            queue.fairWeight = [0, 1, 50, 100][pick(4)]
            queue.queueingStrategy = pick(5) == 0 ? .strictFIFO : .bestEffortFIFO
            return queue
        }
        var options = KueueOptions(version: ["0.12", "0.19", "0.20"][pick(3)]) ?? KueueOptions()
        options.isFairSharing = pick(2) == 0
        var input = SimulationInput(queues: queues, options: options)
        input.shapes = (1...8).map { JobShape(count: 1, requests: [.init("nvidia.com/gpu", $0, flavor: flavor)]) }
        input.gracePeriod = pick(3) == 0 ? 30_000 : 0
        for number in 0..<(20 + pick(60)) {
            var job = Job(
                name: "j\(number)", team: pick(queues.count), shape: pick(8), submitted: Int64(pick(100)) * 60_000)
            job.priority = Int32([0, 50, 70, 90][pick(4)])
            job.duration = Int64(1 + pick(60)) * 60_000
            input.jobs.append(job)
        }
        input.snapshots = (0..<120).map { Int64($0) * 60_000 }
        return input
    }

    @Test func nobodyUsesMoreThanThereIsOrMayBorrow() {
        for seed in 1...150 {
            let input = Self.input(seed: UInt64(seed))
            let result = Simulator.run(input)
            let limits = input.queues.map { $0.resourceGroups[0].flavors[0].resources["nvidia.com/gpu"] }
            let shared = input.queues.indices.filter { input.queues[$0].cohort != nil }
            let capacity = shared.reduce(Int64(0)) { $0 + (limits[$1]?.nominal ?? 0) }
            for snapshot in result.snapshots {
                let used = snapshot.teams.map { $0.first?.total ?? 0 }
                #expect(shared.reduce(0) { $0 + used[$1] } <= capacity, "seed \(seed) at \(snapshot.time)")
                for (team, limit) in limits.enumerated() {
                    let most = limit.map { limit in
                        input.queues[team].cohort == nil
                            ? limit.nominal : limit.borrowingLimit.map { limit.nominal + $0 } ?? capacity
                    }
                    #expect(
                        used[team] >= 0 && used[team] <= most ?? 0, "seed \(seed): team \(team) at \(snapshot.time)")
                }
            }
        }
    }

    @Test func evictionsFollowTheirRule() {
        for seed in 1...150 {
            let input = Self.input(seed: UInt64(seed))
            for step in Simulator.run(input).transitions where step.kind == .evicted {
                let (victim, by) = (input.jobs[Int(step.job)], input.jobs[Int(step.by)])
                let policy = input.queues[Int(by.team)].preemption
                let scope = victim.team == by.team ? policy.withinClusterQueue : policy.reclaimWithinCohort
                #expect((step.reason == .inClusterQueue) == (victim.team == by.team), "seed \(seed)")
                switch scope {
                case .never: Issue.record("seed \(seed): nobody may be evicted")
                case .lowerPriority: #expect(victim.priority < by.priority, "seed \(seed)")
                case .lowerOrNewerEqualPriority:
                    let isNewer = victim.priority == by.priority && victim.submitted > by.submitted
                    #expect(victim.priority < by.priority || isNewer, "seed \(seed)")
                case .any: break
                }
            }
        }
    }

    @Test func theSameInputGivesTheSameResult() {
        for seed in 1...30 {
            let (one, other) = (
                Simulator.run(Self.input(seed: UInt64(seed))), Simulator.run(Self.input(seed: UInt64(seed)))
            )
            #expect(one.transitions == other.transitions && one.snapshots == other.snapshots, "seed \(seed)")
        }
    }

    @Test func everyJobThatFitsAloneEnds() {
        for seed in 1...150 {
            let input = Self.input(seed: UInt64(seed))
            let result = Simulator.run(input)
            guard result.unstable.isEmpty else { continue }
            for (job, outcome) in zip(input.jobs, result.jobs) {
                let queue = input.queues[Int(job.team)]
                let owned = queue.resourceGroups[0].flavors[0].resources["nvidia.com/gpu"]?.nominal ?? 0
                let isAlone = queue.cohort == nil && queue.queueingStrategy == .bestEffortFIFO
                guard isAlone, Int64(job.shape) + 1 <= owned else { continue }
                #expect(outcome.isFinished, "seed \(seed): \(job.name)")
            }
        }
    }
}
