/// Quota and usage of cohorts and queues, and the arithmetic of borrowing and lending between them.
///
/// Numbers of nodes: queues first, in the order given, then cohorts. The arithmetic is that of
/// kubernetes-sigs/kueue: pkg/cache/scheduler/resource_node.go. A part of a node's quota that its lending limit
/// withholds is its *local* quota: nobody above sees it, and usage up to it is not passed upwards.
///
/// A class, so that asking it something copies nothing; nothing in it is read while it is written, so that is not
/// checked at every access.
final class QuotaTree {
    /// How many pairs each node has numbers for.
    let width: Int
    let queueCount: Int
    /// The cohort above each node; -1 for none.
    let parents: [Int]
    let childQueues: [[Int]]
    let childCohorts: [[Int]]
    /// The top of each node's tree; the node itself where it stands alone.
    let roots: [Int]
    /// The longest way down from each cohort to a queue.
    let heights: [Int]
    let weights: [Double]
    /// Whether a node has quota for a pair, or a node below it has.
    @exclusivity(unchecked) private(set) var isDefined: [Bool]
    @exclusivity(unchecked) private(set) var nominal: [Int64]
    /// The quota of a node and what the nodes below it lend.
    @exclusivity(unchecked) private(set) var subtree: [Int64]
    @exclusivity(unchecked) private(set) var local: [Int64]
    /// What may be lent, where that is limited.
    @exclusivity(unchecked) private var lending: [Int: Int64] = [:]
    /// What may be borrowed; `Int64.max` for no limit.
    @exclusivity(unchecked) private(set) var borrowing: [Int64]
    @exclusivity(unchecked) private(set) var usage: [Int64]
    /// What the children of each cohort could ever get of each resource.
    @exclusivity(unchecked) private(set) var lendable: [[Double]]

    /// Whether any node withholds quota from others.
    var hasLendingLimits: Bool { !lending.isEmpty }

    static let unlimited = Int64.max

    /// Builds the tree with nothing used.
    init(queues: [ClusterQueue], cohorts: [Cohort], table: PairTable) {
        let layout = TreeLayout(queues: queues, cohorts: cohorts)
        let count = layout.parents.count
        width = table.count
        queueCount = queues.count
        parents = layout.parents
        childQueues = layout.childQueues
        childCohorts = layout.childCohorts
        roots = (0..<count).map { node in
            var top = node
            while layout.parents[top] >= 0 { top = layout.parents[top] }
            return top
        }
        heights = layout.heights
        weights = layout.weights
        isDefined = Array(repeating: false, count: count * width)
        nominal = Array(repeating: 0, count: count * width)
        subtree = nominal
        local = nominal
        usage = nominal
        borrowing = Array(repeating: Self.unlimited, count: count * width)
        lendable = Array(repeating: [], count: count)
        for (node, groups) in layout.groups.enumerated() { setQuota(of: node, groups, table) }
        accumulate(table)
    }

    func at(_ node: Int, _ pair: Int) -> Int { node * width + pair }

    func usage(_ node: Int, _ pair: Int) -> Int64 { usage[at(node, pair)] }
    func nominal(_ node: Int, _ pair: Int) -> Int64 { nominal[at(node, pair)] }
    func hasParent(_ node: Int) -> Bool { parents[node] >= 0 }

    /// What may still be used; below 0 where more is used than there is.
    func signedAvailable(_ node: Int, _ pair: Int) -> Int64 {
        let place = at(node, pair)
        let parent = parents[node]
        guard parent >= 0 else { return subtree[place] - usage[place] }
        var above = signedAvailable(parent, pair)
        if borrowing[place] != Self.unlimited {
            let stored = subtree[place] - local[place]
            let used = max(0, usage[place] - local[place])
            above = min(above, (stored - used).addingSaturated(borrowing[place]))
        }
        return max(0, local[place] - usage[place]) + above
    }

    /// What may still be used, at least 0.
    func available(_ node: Int, _ pair: Int) -> Int64 { max(0, signedAvailable(node, pair)) }

    /// What might be used if nobody used anything.
    func potential(_ node: Int, _ pair: Int) -> Int64 {
        let place = at(node, pair)
        let parent = parents[node]
        guard parent >= 0 else { return subtree[place] }
        let possible = local[place] + potential(parent, pair)
        return min(possible, subtree[place].addingSaturated(borrowing[place]))
    }

    /// What is left of the quota that nobody above sees.
    func localAvailable(_ node: Int, _ pair: Int) -> Int64 {
        max(0, local[at(node, pair)] - usage[at(node, pair)])
    }

    func add(_ amount: Int64, to node: Int, _ pair: Int) {
        var (node, amount) = (node, amount)
        while true {
            let passedOn = amount - localAvailable(node, pair)
            usage[at(node, pair)] += amount
            guard parents[node] >= 0, passedOn > 0 else { return }
            (node, amount) = (parents[node], passedOn)
        }
    }

    func remove(_ amount: Int64, from node: Int, _ pair: Int) {
        var (node, amount) = (node, amount)
        while true {
            let above = usage[at(node, pair)] - local[at(node, pair)]
            usage[at(node, pair)] -= amount
            guard above > 0, parents[node] >= 0 else { return }
            (node, amount) = (parents[node], min(amount, above))
        }
    }

    /// Whether a node would be over its own quota with an amount more.
    func borrows(_ node: Int, _ pair: Int, with amount: Int64 = 0) -> Bool {
        let place = at(node, pair)
        let quota = node < queueCount ? nominal[place] : subtree[place]
        return usage[place] + amount > quota
    }

    /// Whether a node uses no more than its quota of every pair.
    func isWithinQuota(_ node: Int, _ pairs: [Int]) -> Bool {
        pairs.allSatisfy { usage[at(node, $0)] <= subtree[at(node, $0)] }
    }

    /// How far up quota for an amount is found: 0 for the queue's own, and whether that is below the top.
    func borrowingLevel(_ queue: Int, _ pair: Int, _ amount: Int64) -> (height: Int, isBelowTop: Bool) {
        guard borrows(queue, pair, with: amount), hasParent(queue) else { return (0, hasParent(queue)) }
        var remaining = amount - localAvailable(queue, pair)
        var node = parents[queue]
        while true {
            let isTop = parents[node] < 0
            if isTop || !borrows(node, pair, with: remaining) { return (heights[node], !isTop) }
            remaining -= localAvailable(node, pair)
            node = parents[node]
        }
    }
}

extension QuotaTree {
    /// The tree with other quota and with what is used now.
    func updated(queues: [ClusterQueue], cohorts: [Cohort], table: PairTable) -> QuotaTree {
        let fresh = QuotaTree(queues: queues, cohorts: cohorts, table: table)
        for queue in 0..<queueCount {
            for pair in 0..<width where usage[at(queue, pair)] != 0 {
                fresh.add(usage[at(queue, pair)], to: queue, pair)
            }
        }
        return fresh
    }

    private func setQuota(of node: Int, _ groups: [ResourceGroup], _ table: PairTable) {
        for flavor in groups.flatMap(\.flavors) {
            guard let number = table.flavor(flavor.name) else { continue }
            for (name, limits) in flavor.resources {
                guard let resource = table.resource(name), let pair = table.number(flavor: number, resource: resource)
                else { continue }
                let place = at(node, pair)
                isDefined[place] = true
                nominal[place] = limits.nominal
                borrowing[place] = limits.borrowingLimit ?? Self.unlimited
                lending[place] = limits.lendingLimit
            }
        }
    }

    /// Sums quota upwards, from the queues to the tops.
    private func accumulate(_ table: PairTable) {
        for top in Set(roots).sorted() { accumulate(top) }
        for cohort in queueCount..<parents.count {
            lendable[cohort] = Array(repeating: 0, count: table.resources.count)
            for pair in 0..<width where isDefined[at(roots[cohort], pair)] {
                lendable[cohort][table.resourceOfPair[pair]] += Double(potential(cohort, pair))
            }
        }
    }

    private func accumulate(_ node: Int) {
        for pair in 0..<width { subtree[at(node, pair)] = nominal[at(node, pair)] }
        for child in childCohorts[node] + childQueues[node] {
            accumulate(child)
            for pair in 0..<width where isDefined[at(child, pair)] {
                isDefined[at(node, pair)] = true
                subtree[at(node, pair)] += subtree[at(child, pair)] - local[at(child, pair)]
            }
        }
        for pair in 0..<width {
            let place = at(node, pair)
            if let limit = lending[place] { local[place] = max(0, subtree[place] - limit) }
        }
    }
}

extension Int64 {
    /// The sum, or the largest number where the sum is larger.
    func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, isTooBig) = addingReportingOverflow(other)
        return isTooBig ? .max : sum
    }
}
