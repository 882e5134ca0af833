/// How long jobs waited, of a team or class.
public struct WaitingTimes: Sendable, Equatable, Encodable {
    /// The team or class.
    public var name: String
    /// How many jobs.
    public var jobs: Int
    /// How many are done.
    public var finished: Int
    /// How often jobs were evicted.
    public var evictions: Int
    /// The average, the median, the 95th of 100 and the longest time waited, in seconds.
    public var mean, median, p95, longest: Double

    /// The times of all teams.
    public static func byTeam(_ input: SimulationInput, _ result: SimulationResult) -> [WaitingTimes] {
        groups(input, result, names: input.teams) { Int($0.team) }
    }

    /// The times of all priority classes; jobs without a class are `(none)`.
    public static func byClass(_ input: SimulationInput, _ result: SimulationResult) -> [WaitingTimes] {
        groups(input, result, names: input.classes + ["(none)"]) {
            $0.priorityClass < 0 ? input.classes.count : Int($0.priorityClass)
        }.filter { $0.jobs > 0 }
    }

    /// The middle one, or halfway between the two in the middle, in seconds.
    private static func median(_ sorted: [Int64]) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2000
    }

    private static func groups(
        _ input: SimulationInput, _ result: SimulationResult, names: [String], _ group: (Job) -> Int
    ) -> [WaitingTimes] {
        var waits = Array(repeating: [Int64](), count: names.count)
        var finished = Array(repeating: 0, count: names.count)
        var evictions = finished
        for (job, outcome) in zip(input.jobs, result.jobs) {
            let place = group(job)
            waits[place].append(outcome.waited)
            finished[place] += outcome.isFinished ? 1 : 0
            evictions[place] += Int(outcome.evictions)
        }
        return names.indices.map { place in
            let sorted = waits[place].sorted()
            func at(_ part: Double) -> Double {
                sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))]) / 1000
            }
            let mean = sorted.isEmpty ? 0 : sorted.reduce(0.0) { $0 + Double($1) } / Double(sorted.count) / 1000
            return WaitingTimes(
                name: names[place], jobs: sorted.count, finished: finished[place], evictions: evictions[place],
                mean: mean,
                median: median(sorted), p95: at(0.95), longest: Double(sorted.last ?? 0) / 1000)
        }
    }
}
