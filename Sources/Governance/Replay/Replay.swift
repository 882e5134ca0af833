public import Foundation

/// One scheduling cycle over a state that is given as JSON: for comparing with Kueue, and for asking "what if".
///
/// The form of input and answer is in `docs/reference/governance-replay.md`.
public enum Replay {
    /// What one cycle did.
    public struct Answer: Encodable, Sendable, Equatable {
        /// The workloads that got quota, in the order of being decided.
        public var admitted: [Admitted] = []
        /// The workloads that were told to go.
        public var preempted: [Preempted] = []
        /// The workloads that wait, in the order of the input.
        public var pending: [Pending] = []

        /// Nothing happened.
        public init() {}

        /// A workload that got quota, in the form in which the input has it.
        public struct Admitted: Encodable, Sendable, Equatable {
            /// The workload.
            public var name: String
            /// Its queue.
            public var clusterQueue: String
            /// What it uses, by flavor and resource.
            public var requests: [String: [String: String]]
        }

        /// A workload that was told to go.
        public struct Preempted: Encodable, Sendable, Equatable {
            /// The workload.
            public var name: String
            /// Kueue's reason.
            public var reason: String
            /// The workload that made it go.
            public var by: String
        }

        /// A workload that waits.
        public struct Pending: Encodable, Sendable, Equatable {
            /// The workload.
            public var name: String
            /// The words of Kueue; empty for one that was not looked at.
            public var message: String
        }

        /// The answer as JSON.
        public func json() throws -> Data {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// Runs one cycle.
    /// - Parameter input: one JSON object.
    /// - Throws: `ReplayProblem` where the input cannot be used.
    public static func run(_ input: Data) throws -> Answer {
        try state(of: input).cycle()
    }

    /// A queue's quota of its first pair, as it is before the cycle.
    struct QueueQuota {
        var share: Double
        var available: Int64
        var maximum: Int64
    }

    /// The quota of every queue, for looking at the arithmetic alone.
    static func quota(of input: Data) throws -> [String: QueueQuota] { try state(of: input).quota() }

    private static func state(of input: Data) throws -> ReplayState {
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: input)
        } catch {
            throw ReplayProblem(path: "", message: "this is no JSON")
        }
        guard value.object != nil else { throw ReplayProblem(path: "", message: "the input is one JSON object") }
        return try ReplayState(ReplayNode(value: value, path: ""))
    }
}

/// The state of a replay in the scheduler.
private struct ReplayState {
    private let scheduler: Scheduler
    private let workloads: [ReplayWorkload]
    private let admittedCount: Int
    private let queueNumbers: [String: Int]

    init(_ root: ReplayNode) throws {
        let queues = try root["cluster_queues"]?.items().map(ReplayReader.queue) ?? []
        let cohorts = try root["cohorts"]?.items().map(ReplayReader.cohort) ?? []
        let admitted = try root["admitted"]?.items().map(ReplayWorkload.init) ?? []
        let pending = try root["pending"]?.items().map(ReplayWorkload.init) ?? []
        workloads = admitted + pending
        admittedCount = admitted.count
        try Self.check(queues, cohorts, workloads)
        queueNumbers = Dictionary(uniqueKeysWithValues: queues.enumerated().map { ($1.name, $0) })
        scheduler = Scheduler(queues: queues, cohorts: cohorts, options: try ReplayReader.options(root))
        let identities = workloads.indices.sorted { workloads[$0].identity < workloads[$1].identity }
        var ranks = Array(repeating: 0, count: workloads.count)
        for (rank, number) in identities.enumerated() { ranks[number] = rank }
        let created = ReplayTime.ranks(workloads.map(\.created))
        let reserved = ReplayTime.ranks(workloads.map(\.reserved))
        for (number, workload) in workloads.enumerated() {
            let shape = scheduler.number(of: workload.shape)
            scheduler.workloads.append(
                queue: queueNumbers[workload.queue] ?? -1, priority: workload.priority, created: created[number] ?? -1,
                identity: ranks[number], shape: shape)
            guard number < admittedCount else { continue }
            scheduler.admit(number, uses: try uses(of: workload), at: reserved[number] ?? .max)
            scheduler.workloads.isEvicted[number] = workload.isEvicted
        }
    }

    /// Names must be unique, and sums must fit in 63 bits.
    private static func check(_ queues: [ClusterQueue], _ cohorts: [Cohort], _ workloads: [ReplayWorkload]) throws {
        for names in [queues.map(\.name), cohorts.map(\.name), workloads.map(\.name)] {
            var seen: Set<String> = []
            for name in names where !seen.insert(name).inserted {
                throw ReplayProblem(path: "", message: "there are two of the name `\(name)`")
            }
        }
        let limits = (queues.flatMap(\.resourceGroups) + cohorts.flatMap(\.resourceGroups)).flatMap(\.flavors)
            .flatMap(\.resources.values)
        let quota = limits.reduce(0.0) { $0 + Double($1.nominal) }
        let asked = workloads.flatMap(\.shape.podSets).flatMap(\.requests).reduce(0.0) { $0 + Double($1.amount) }
        guard quota < 2e18, asked < 2e18 else { throw ReplayProblem(path: "", message: "the amounts are too large") }
    }

    /// What an admitted workload uses: each request in its flavor, or in the only one of its queue.
    private func uses(of workload: ReplayWorkload) throws -> [Use] {
        var assignment = Assignment()
        guard let queue = queueNumbers[workload.queue] else {
            throw ReplayProblem(path: workload.path, message: "there is no cluster queue `\(workload.queue)`")
        }
        for request in workload.shape.podSets.flatMap(\.requests) {
            let resource = scheduler.table.resource(request.resource)
            let group = resource.map { scheduler.queues[queue].groupOfResource[$0] } ?? -1
            let only = group < 0 ? nil : scheduler.queues[queue].groups[group].flavors.first
            let flavor = request.flavor.flatMap { scheduler.table.flavor($0) } ?? (request.flavor == nil ? only : nil)
            guard let resource, let flavor, let pair = scheduler.table.number(flavor: flavor, resource: resource) else {
                // What no queue counts takes no quota.
                continue
            }
            assignment.add(request.amount, pair)
        }
        return assignment.uses
    }

    func quota() -> [String: Replay.QueueQuota] {
        queueNumbers.mapValues { queue in
            Replay.QueueQuota(
                share: scheduler.share(queue).value, available: scheduler.tree.available(queue, 0),
                maximum: scheduler.tree.potential(queue, 0))
        }
    }

    func cycle() -> Replay.Answer {
        var messages: [Int: String] = [:]
        var heads: [Int: Int] = [:]
        for number in admittedCount..<workloads.count {
            guard let queue = queueNumbers[workloads[number].queue] else {
                messages[number] = "ClusterQueue \(workloads[number].queue) not found"
                continue
            }
            if !scheduler.queues[queue].isActive {
                messages[number] = "ClusterQueue \(workloads[number].queue) is inactive"
            } else if let known = heads[queue] {
                if scheduler.workloads.goesBefore(number, known) { heads[queue] = number }
            } else {
                heads[queue] = number
            }
        }
        var answer = Replay.Answer()
        var waiting = Set(admittedCount..<workloads.count)
        for entry in scheduler.cycle(heads.sorted { $0.key < $1.key }.map(\.value), at: .max) {
            messages[entry.workload] = entry.message(scheduler.table)
            if entry.outcome == .admitted {
                waiting.remove(entry.workload)
                answer.admitted.append(admitted(entry))
            }
            guard entry.outcome == .preempting else { continue }
            answer.preempted += entry.victims.sorted { workloads[$0.workload].name < workloads[$1.workload].name }.map {
                Replay.Answer.Preempted(
                    name: workloads[$0.workload].name, reason: $0.reason.rawValue, by: workloads[entry.workload].name)
            }
        }
        answer.pending = waiting.sorted().map {
            Replay.Answer.Pending(name: workloads[$0].name, message: messages[$0] ?? "")
        }
        return answer
    }

    private func admitted(_ entry: CycleEntry) -> Replay.Answer.Admitted {
        var requests: [String: [String: String]] = [:]
        for use in entry.assignment.uses {
            let pair = scheduler.table.pairs[Int(use.pair)]
            requests[pair.flavor, default: [:]][pair.resource] = Quantity.text(use.amount, of: pair.resource)
        }
        let workload = workloads[entry.workload]
        return Replay.Answer.Admitted(name: workload.name, clusterQueue: workload.queue, requests: requests)
    }
}
