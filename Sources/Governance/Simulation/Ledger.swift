/// Hours used of what is owned, and above it.
struct Ledger {
    private(set) var outcomes: [SimulationResult.TeamOutcome]
    private(set) var unit: String
    private let isCounted: [Bool]
    private let scale: Double
    private var used: [Int64]
    private var owned: [Int64]
    private var since: [Int64]

    init(_ queues: [ClusterQueue], _ table: PairTable) {
        let counted = Accelerators.owned(queues)
        let names = counted.isEmpty ? ["cpu"] : counted
        unit = counted.isEmpty ? "vCPU" : (counted == ["aws.amazon.com/neurondevice"] ? "Neuron device" : "GPU")
        isCounted = table.pairs.map { names.contains($0.resource) }
        scale = (counted.isEmpty ? 1000 : 1) * 3_600_000
        used = Array(repeating: 0, count: queues.count)
        owned = used
        since = used
        outcomes = Array(repeating: SimulationResult.TeamOutcome(), count: queues.count)
        setOwned(queues, table, at: 0)
    }

    /// Takes over what teams own from now on.
    mutating func setOwned(_ queues: [ClusterQueue], _ table: PairTable, at time: Int64) {
        for (team, queue) in queues.enumerated() {
            settle(team, at: time)
            owned[team] = queue.resourceGroups.flatMap(\.flavors).reduce(0) { sum, flavor in
                sum + flavor.resources.reduce(0) { $0 + (counts(flavor.name, $1.key, table) ? $1.value.nominal : 0) }
            }
        }
    }

    private func counts(_ flavor: String, _ resource: String, _ table: PairTable) -> Bool {
        guard let flavor = table.flavor(flavor), let resource = table.resource(resource),
            let pair = table.number(flavor: flavor, resource: resource)
        else { return false }
        return isCounted[pair]
    }

    /// The counted amount of some uses.
    func amount(_ uses: [Use]) -> Int64 { uses.reduce(0) { $0 + (isCounted[Int($1.pair)] ? $1.amount : 0) } }

    mutating func change(_ team: Int, by amount: Int64, at time: Int64) {
        settle(team, at: time)
        used[team] += amount
    }

    mutating func lose(_ team: Int, _ amount: Int64, for time: Int64, byEviction isEviction: Bool) {
        let hours = Double(amount) * Double(time) / scale
        if isEviction { outcomes[team].preempted += hours } else { outcomes[team].lost += hours }
    }

    mutating func countEviction(_ team: Int) { outcomes[team].evictions += 1 }

    mutating func settle(at time: Int64) {
        for team in outcomes.indices { settle(team, at: time) }
    }

    private mutating func settle(_ team: Int, at time: Int64) {
        let span = Double(time - since[team]) / scale
        outcomes[team].owned += Double(owned[team]) * span
        outcomes[team].guaranteed += Double(min(used[team], owned[team])) * span
        outcomes[team].borrowed += Double(max(0, used[team] - owned[team])) * span
        since[team] = time
    }
}
