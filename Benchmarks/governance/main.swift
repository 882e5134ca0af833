// Measures the simulator of task governance on generated work and prints one JSON object.
//
//     governance-benchmark TEAMS JOBS LOAD fair|classic
//
// Every team owns four machines of eight accelerators, may borrow as many again, and submits jobs of one, two or four
// machines in four priority classes. They come at random, so that LOAD of the cluster is asked for.

import Foundation
import Governance

/// What is simulated.
struct Load {
    let teams: Int
    let jobs: Int
    let load: Double
    let isFair: Bool

    init?(_ arguments: [String]) {
        guard arguments.count == 4, let teams = Int(arguments[0]), let jobs = Int(arguments[1]),
            let load = Double(arguments[2]), teams > 0, jobs > 0, load > 0
        else { return nil }
        (self.teams, self.jobs, self.load, isFair) = (teams, jobs, load, arguments[3] == "fair")
    }

    private static let machine = "ml.p5.48xlarge"
    private static let size: [String: Int64] = ["cpu": 192_000, "memory": 2048 << 30, "nvidia.com/gpu": 8]
    /// What a pod on a whole machine asks for.
    private static let request: [String: Int64] = ["cpu": 179_000, "memory": 1890 << 30, "nvidia.com/gpu": 8]

    var input: SimulationInput {
        var options = KueueOptions()
        options.isFairSharing = isFair
        var input = SimulationInput(queues: (0..<teams).map(queue), options: options)
        input.nodes = [NodeGroup(type: Self.machine, count: teams * 4, capacity: Self.size)]
        input.shapes = [1, 1, 2, 4].map { count in
            JobShape(
                count: count,
                requests: Self.request.map { .init($0.key, $0.value * Int64(count), flavor: Self.machine) })
        }
        addJobs(to: &input)
        return input
    }

    private func queue(_ number: Int) -> ClusterQueue {
        let limits = Self.size.mapValues { ResourceLimits(nominal: $0 * 4, borrowingLimit: $0 * 4) }
        var queue = ClusterQueue(
            name: "team-\(number)", cohort: "shared-pool",
            resourceGroups: [ResourceGroup(flavors: [FlavorQuotas(name: Self.machine, resources: limits)])])
        queue.preemption.withinClusterQueue = .lowerPriority
        queue.preemption.reclaimWithinCohort = .any
        queue.fairWeight = Double(number % 5) * 25
        return queue
    }

    private func addJobs(to input: inout SimulationInput) {
        var random = Random(state: 42)
        let (mean, meanMachines) = (3_600_000.0, 2.0)
        let rate = load * Double(teams * 4) / (meanMachines * mean)
        var time = 0.0
        for number in 0..<jobs {
            time += -log(1 - random.unit()) / rate
            var job = Job(
                name: "j\(number)", team: random.below(teams), shape: random.below(4), submitted: Int64(time))
            job.duration = Int64(-log(1 - random.unit()) * mean)
            job.priority = [50, 70, 80, 90][random.below(4)]
            job.checkpoint = 600_000
            input.jobs.append(job)
        }
    }
}

/// Numbers that are the same everywhere and every time.
struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var number = state
        number ^= number >> 33
        number = number &* 0xff51_afd7_ed55_8ccd
        return number ^ (number >> 33)
    }

    mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// Seconds of processor time that the process has used.
func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory that the process has had, in MiB; 0 where the system does not tell.
func peakMebibytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
}

guard let load = Load(Array(CommandLine.arguments.dropFirst())) else {
    FileHandle.standardError.write(Data("usage: governance-benchmark TEAMS JOBS LOAD fair|classic\n".utf8))
    exit(64)
}
let input = load.input
let (start, before) = (Date(), processorSeconds())
let result = Simulator.run(input)
let figures: [String: Double] = [
    "teams": Double(load.teams), "jobs": Double(load.jobs),
    "seconds": (Date().timeIntervalSince(start) * 100).rounded() / 100,
    "processor_seconds": ((processorSeconds() - before) * 100).rounded() / 100,
    "peak_mebibytes": Double(peakMebibytes()), "cycles": Double(result.cycles),
    "finished": Double(result.jobs.count { $0.isFinished }),
    "evictions": Double(result.teams.reduce(0) { $0 + $1.evictions }),
]
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]
print(String(decoding: try encoder.encode(figures), as: UTF8.self))
