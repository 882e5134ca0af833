/// How well a flavor serves a request; the larger the better.
enum FlavorMode: Int, Comparable {
    case noFit
    /// It would fit if others went, and nobody has to.
    case noCandidates
    /// It fits after eviction in the own queue.
    case preempt
    /// It fits after eviction in other queues only.
    case reclaim
    case fit

    static func < (first: FlavorMode, second: FlavorMode) -> Bool { first.rawValue < second.rawValue }
}

/// The flavors found for a workload, and why it cannot have them now.
struct Assignment {
    /// What can be done with the workload.
    enum Mode: Int, Comparable {
        case noFit
        case preempt
        /// It fits once workloads are gone that were evicted already.
        case deferredFit
        case fit

        static func < (first: Mode, second: Mode) -> Bool { first.rawValue < second.rawValue }
    }

    /// The flavors of one pod set.
    struct PodSetFlavors {
        var name: String
        var flavors: [Choice] = []
        var reasons: [WaitingReason] = []

        var mode: Mode {
            if reasons.isEmpty { return .fit }
            guard let worst = flavors.map(\.mode).min() else { return .noFit }
            return worst == .fit ? .fit : (worst == .noFit ? .noFit : .preempt)
        }
    }

    /// The flavor of one resource.
    struct Choice {
        var resource: Int
        var pair: Int
        var mode: FlavorMode
        var borrowing: Int

        init(_ resource: Int, _ pair: Int, _ mode: FlavorMode, _ borrowing: Int) {
            self.resource = resource
            self.pair = pair
            self.mode = mode
            self.borrowing = borrowing
        }
    }

    var podSets: [PodSetFlavors] = []
    /// What the workload would use.
    var uses: [Use] = []
    /// How far up the cohorts quota is borrowed; 0 for none.
    var borrowing = 0
    /// Overrides the mode of the pod sets.
    var isDeferred = false

    var mode: Mode { isDeferred ? .deferredFit : podSets.map(\.mode).min() ?? .noFit }

    /// The pairs for which somebody has to go.
    var needs: [Int] {
        var needs: Set<Int> = []
        for choice in podSets.lazy.flatMap(\.flavors) where choice.mode != .fit && choice.mode != .noFit {
            needs.insert(choice.pair)
        }
        return needs.sorted()
    }

    /// The words of Kueue for what is missing.
    func message(_ table: PairTable) -> String {
        podSets.compactMap { podSet in
            guard !podSet.reasons.isEmpty else { return nil }
            let reasons = podSet.reasons.map { $0.text(table) }.sorted()
            return "couldn't assign flavors to pod set \(podSet.name): " + reasons.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    mutating func add(_ amount: Int64, _ pair: Int) {
        guard amount != 0 else { return }
        if let place = uses.firstIndex(where: { Int($0.pair) == pair }) {
            uses[place].amount += amount
        } else {
            uses.append(Use(pair, amount))
        }
    }
}

/// Why a flavor cannot be had now; a text is made of it only when somebody reads it.
enum WaitingReason {
    case exceedsMaximum(pair: Int, assumed: Int64, request: Int64, maximum: Int64)
    case moreNeeded(pair: Int, amount: Int64)
    /// As Kueue 0.8 says it.
    case moreNeededInCohort(pair: Int, amount: Int64)
    /// As Kueue 0.8 says it.
    case borrowingLimit(pair: Int)
    case otherFlavor(Int)
    case noResource(String)

    func text(_ table: PairTable) -> String {
        switch self {
        case .exceedsMaximum(let pair, let assumed, let request, let maximum):
            let resource = table.pairs[pair].resource
            return "insufficient quota for \(resource) in flavor \(table.pairs[pair].flavor), previously considered "
                + "podsets requests (\(Quantity.text(assumed, of: resource))) + current podset request "
                + "(\(Quantity.text(request, of: resource))) > maximum capacity "
                + "(\(Quantity.text(maximum, of: resource)))"
        case .moreNeeded(let pair, let amount): return moreNeeded("quota", pair, amount, table)
        case .moreNeededInCohort(let pair, let amount): return moreNeeded("quota in cohort", pair, amount, table)
        case .borrowingLimit(let pair):
            return "borrowing limit for \(table.pairs[pair].resource) in flavor \(table.pairs[pair].flavor) exceeded"
        case .otherFlavor(let flavor): return "flavor \(table.flavors[flavor]) doesn't match node affinity"
        case .noResource(let name): return "resource \(name) unavailable in ClusterQueue"
        }
    }

    private func moreNeeded(_ what: String, _ pair: Int, _ amount: Int64, _ table: PairTable) -> String {
        let names = table.pairs[pair]
        return "insufficient unused \(what) for \(names.resource) in flavor \(names.flavor), "
            + "\(Quantity.text(amount, of: names.resource)) more needed"
    }
}
