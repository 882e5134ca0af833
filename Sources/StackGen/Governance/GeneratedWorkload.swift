internal import Foundation
internal import Governance
internal import StackSchemas

/// Jobs for those who have no list: arrivals at random, the same for the same seed.
///
///     poisson:load=0.8,hours=24,mean=2h,sizes=1|2|4,seed=1
///
/// Jobs of each team arrive independently, so many that they would use `load` of what the team owns; each asks for one
/// of `sizes` whole machines of the team's type, runs an exponentially distributed time, and has one of the priority
/// classes.
struct GeneratedWorkload {
    private var load = 0.8
    private var hours = 24.0
    private var mean = 2.0
    private var sizes = [1, 2]
    private var seed: UInt64 = 1

    /// - Throws: `WorkflowError` (usage) for a text that is no workload.
    init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.first == "poisson" else {
            throw WorkflowError(.usage, "`\(text)` is no workload", advice: [Self.advice])
        }
        for setting in (parts.count > 1 ? parts[1] : "").split(separator: ",") {
            let pair = setting.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, try set(pair[0], pair[1]) else {
                throw WorkflowError(.usage, "`\(setting)` is no setting of a workload", advice: [Self.advice])
            }
        }
    }

    private static let advice = "write poisson:load=0.8,hours=24,mean=2h,sizes=1|2|4,seed=1, or less of it"

    private mutating func set(_ name: String, _ value: String) throws -> Bool {
        switch name {
        case "load": load = Double(value) ?? -1
        case "hours": hours = Double(value) ?? -1
        case "mean": mean = TimeText.milliseconds(value).map { Double($0) / 3_600_000 } ?? -1
        case "sizes": sizes = value.split(separator: "|").compactMap { Int($0) }
        case "seed": seed = UInt64(value) ?? 0
        default: return false
        }
        return load > 0 && load <= 100 && hours > 0 && hours <= 100_000 && mean > 0 && !sizes.isEmpty
            && sizes.allSatisfy { (1...10_000).contains($0) }
    }

    /// Adds the jobs.
    func add(to file: inout JobsFile, _ policy: PolicyModel) throws {
        var shapes: [JobShape: Int] = [:]
        for (number, shape) in file.shapes.enumerated() { shapes[shape] = number }
        for (team, queue) in policy.queues.enumerated() where queue.isActive {
            // A stream for each team: another team beside it changes nothing.
            var random = SeededRandom(seed: seed &* 1_000_003 &+ UInt64(team))
            for flavor in queue.resourceGroups[0].flavors {
                guard let node = policy.nodes.first(where: { $0.type == flavor.name }),
                    let owned = flavor.resources["cpu"]?.nominal, let size = node.capacity["cpu"], size > 0, owned > 0
                else { continue }
                let machines = Double(owned) / Double(size)
                let meanSize = Double(sizes.reduce(0, +)) / Double(sizes.count)
                let gap = mean * meanSize / (load * machines)
                var (hour, count) = (random.exponential(mean: gap, log), 0)
                while hour < hours, count < 1_000_000 {
                    var request = JobRequest(type: InstanceType(stringLiteral: flavor.name))
                    request.nodes = sizes[Int(random.next() % UInt64(sizes.count))]
                    count += 1
                    if let shape = request.shape() {
                        var job = Job(
                            name: "\(flavor.name)-\(count)", team: team, shape: file.number(of: shape, &shapes),
                            submitted: Int64(hour * 3_600_000))
                        job.duration = Int64(max(1, random.exponential(mean: mean, log) * 3_600_000))
                        if !policy.classes.isEmpty {
                            let place = Int(random.next() % UInt64(policy.classes.count))
                            job.priorityClass = Int16(place)
                            job.priority = Int32(policy.classes[place].weight)
                        }
                        file.jobs.append(job)
                    }
                    hour += random.exponential(mean: gap, log)
                }
            }
        }
    }
}
