/// What would have to change for jobs that wait to be worth another look.
///
/// Only a necessary condition: a class of jobs whose outlook has not come true would be refused again, so it need not
/// be tried. One whose outlook has come true is tried, and may be refused all the same. This keeps the cost of an
/// event near constant where a thousand teams wait.
struct Outlook: Equatable {
    /// It is tried whenever anything changes.
    var isOpen = false
    /// Nothing outside its own queue can help.
    var isOwnMatter = false
    /// The pair of the cohort's top in which quota must come free.
    var pair: Int32 = 0
    /// How much must be free there.
    var need: Int64 = 0
    /// The share that its queue would have at the least; a queue with a larger one may have to give.
    var share = Double.infinity

    static let open = Outlook(isOpen: true)
}

extension Scheduler {
    /// Shares as numbers in their order; infinite ones by what they are unweighted.
    static func key(of share: Share) -> Double {
        share.isInfinite ? 1e9 + (share.isExact ? share.unweighted : 0) : min(share.value, 1e9 - 1)
    }

    /// What would have to change for a class of jobs of a queue.
    ///
    /// Claims are made only where the conditions are easy: right below the top of a cohort without lending limits, one
    /// flavor, quota reclaimed from anybody or nobody. Everywhere else the outlook is open.
    func outlook(_ queue: Int, shape: Int, priority: Int32) -> Outlook {
        let policy = queues[queue].preemption
        let top = tree.parents[queue]
        guard top >= 0, tree.parents[top] < 0, !queues[queue].isStrict, isFlat(top),
            policy.reclaimWithinCohort == .any || policy.reclaimWithinCohort == .never,
            policy.withinClusterQueue == .lowerPriority || policy.withinClusterQueue == .never,
            options.isFairSharing || policy.borrowWithinCohort == nil, let uses = onlyUses(of: shape, queue)
        else { return .open }
        let own = policy.withinClusterQueue == .never ? [] : lowerUsage(queue, priority)
        var outlook = Outlook.open
        var scarcity = Double.infinity
        for use in uses {
            let (pair, mayGo) = (Int(use.pair), own.isEmpty ? 0 : own[Int(use.pair)])
            let (used, nominal) = (tree.usage(queue, pair) - mayGo, tree.nominal(queue, pair))
            if used + use.amount > nominal.addingSaturated(tree.borrowing[tree.at(queue, pair)]) {
                return Outlook(isOwnMatter: true)
            }
            guard used + use.amount > nominal else { continue }
            // Above its own quota it needs quota that nobody uses, or a queue with a larger share.
            let need = use.amount - mayGo
            let part = Double(tree.signedAvailable(top, pair)) / Double(max(1, need))
            if outlook.isOpen || part < scarcity {
                outlook = Outlook(pair: use.pair, need: need)
                scarcity = part
            }
        }
        guard !outlook.isOpen else { return .open }
        if options.isFairSharing, policy.reclaimWithinCohort == .any {
            outlook.share = leastShare(queue, uses, own)
        }
        return outlook
    }

    private func isFlat(_ top: Int) -> Bool { tree.childCohorts[top].isEmpty && !tree.hasLendingLimits }

    /// What a shape uses in a queue, where only one flavor can serve it.
    private func onlyUses(of shape: Int, _ queue: Int) -> [Use]? {
        var assignment = Assignment()
        for request in shapes[shape].podSets.lazy.flatMap(\.requests) where request.amount > 0 {
            guard request.resource >= 0 else { return nil }
            let group = queues[queue].groupOfResource[request.resource]
            guard group >= 0 else { return nil }
            let flavors = queues[queue].groups[group].flavors
            let flavor = request.flavor >= 0 ? request.flavor : (flavors.count == 1 ? flavors[0] : -1)
            guard flavor >= 0, flavors.contains(flavor),
                let pair = table.number(flavor: flavor, resource: request.resource)
            else { return nil }
            assignment.add(request.amount, pair)
        }
        return assignment.uses.isEmpty ? nil : assignment.uses
    }

    /// What jobs of lower priority use in a queue, by pair; empty where there are none.
    private func lowerUsage(_ queue: Int, _ priority: Int32) -> [Int64] {
        var sums: [Int64] = []
        for workload in admitted[queue] where workloads.priority[Int(workload)] < priority {
            if sums.isEmpty { sums = Array(repeating: 0, count: tree.width) }
            for use in workloads.usages[Int(workloads.usage[Int(workload)])] { sums[Int(use.pair)] += use.amount }
        }
        return sums
    }

    private func leastShare(_ queue: Int, _ uses: [Use], _ own: [Int64]) -> Double {
        let gone = own.enumerated().filter { $1 > 0 }.map { Use($0, $1) }
        remove(gone, from: queue)
        add(uses, to: queue)
        defer {
            remove(uses, from: queue)
            add(gone, to: queue)
        }
        return Self.key(of: share(queue))
    }
}
