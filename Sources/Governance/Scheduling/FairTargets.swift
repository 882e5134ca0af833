/// The queues from which workloads may be taken, the one with the highest share next (kubernetes-sigs/kueue:
/// pkg/scheduler/preemption/fairsharing/ordering.go).
struct FairTargets {
    private let preemptor: Preemptor
    /// The cohorts above the preemptor's queue, the lowest first.
    private let ancestors: [Int]
    /// Candidates in the order of going, of the queues that were looked at.
    private var lists: [Int: ArraySlice<Int>] = [:]
    /// Queues that may still have candidates.
    private var live: [Int] = []
    private var pruned: Set<Int> = []

    /// The candidates of all queues that borrow what is needed, and those of the preemptor's own.
    init(_ preemptor: Preemptor, _ scheduler: Scheduler) {
        self.preemptor = preemptor
        ancestors = Self.ancestors(of: preemptor.queue, scheduler)
        let policy = scheduler.queues[preemptor.queue].preemption
        if let root = ancestors.last, policy.reclaimWithinCohort != .never {
            var cohorts = [root]
            while let cohort = cohorts.popLast() {
                cohorts += scheduler.tree.childCohorts[cohort]
                for queue in scheduler.tree.childQueues[cohort]
                where queue != preemptor.queue && scheduler.borrows(queue, anyOf: preemptor.needs) {
                    live.append(queue)
                }
            }
        }
        if policy.withinClusterQueue != .never {
            gather(preemptor.queue, scheduler)
            if lists[preemptor.queue]?.isEmpty == false { live.append(preemptor.queue) }
        }
    }

    /// Given candidates, in the order of going.
    init(_ preemptor: Preemptor, _ scheduler: Scheduler, _ ordered: [Int]) {
        self.preemptor = preemptor
        ancestors = Self.ancestors(of: preemptor.queue, scheduler)
        lists = Dictionary(grouping: ordered) { Int(scheduler.workloads.queue[$0]) }.mapValues { $0[...] }
        live = lists.keys.sorted()
    }

    private static func ancestors(of queue: Int, _ scheduler: Scheduler) -> [Int] {
        var ancestors: [Int] = []
        var node = scheduler.tree.parents[queue]
        while node >= 0 {
            ancestors.append(node)
            node = scheduler.tree.parents[node]
        }
        return ancestors
    }

    var isEmpty: Bool { live.isEmpty }

    /// The candidates of a queue, put in order when they are first asked for.
    private mutating func gather(_ queue: Int, _ scheduler: Scheduler) {
        guard lists[queue] == nil else { return }
        let policy = scheduler.queues[preemptor.queue].preemption
        let scope = queue == preemptor.queue ? policy.withinClusterQueue : policy.reclaimWithinCohort
        let found = scheduler.candidates(in: queue, for: preemptor, scope)
        lists[queue] = found.sorted { scheduler.goesFirst($0, $1, queue: preemptor.queue) }[...]
    }

    func hasCandidate(_ queue: Int) -> Bool { lists[queue]?.isEmpty == false }

    /// The next candidate of a queue that has one.
    mutating func pop(_ queue: Int) -> Int { lists[queue, default: []].removeFirst() }

    mutating func drop(_ queue: Int) {
        pruned.insert(queue)
        live.removeAll { $0 == queue }
    }

    /// The queue to take from next; `nil` where nothing is left.
    /// - Parameter hasBar: whether a queue with a smaller share than the preemptor's has nothing to give.
    mutating func next(_ scheduler: Scheduler, hasBar: Bool) -> Int? {
        guard let root = ancestors.last else { return hasCandidate(preemptor.queue) ? preemptor.queue : nil }
        if scheduler.tree.childCohorts[root].isEmpty { return nextOfFlat(scheduler, hasBar: hasBar) }
        while !pruned.contains(root) {
            if let queue = next(below: root, scheduler) { return queue }
        }
        return nil
    }

    /// In a cohort without others below it, the highest share is found in one walk.
    ///
    /// The preemptor's own share stands among them. Where it is the highest and its queue has no candidates, neither
    /// rule allows any: all others have smaller shares.
    private mutating func nextOfFlat(_ scheduler: Scheduler, hasBar: Bool) -> Int? {
        while true {
            var (highest, ties): (Share, [Int]) = (.least, [])
            for queue in live {
                let share = scheduler.shares[queue]
                if share.isZero, queue != preemptor.queue { continue }
                let order = Share.compare(share, highest)
                if order > 0 {
                    (highest, ties) = (share, [queue])
                } else if order == 0 {
                    ties.append(queue)
                }
            }
            if ties.isEmpty { return nil }
            if hasBar, Share.compare(scheduler.shares[preemptor.queue], highest) > 0 { return nil }
            for queue in ties { gather(queue, scheduler) }
            let able = ties.filter(hasCandidate)
            if able.count < ties.count { live.removeAll { lists[$0]?.isEmpty == true } }
            if able.isEmpty { continue }
            return able.min { first, second in
                guard let one = lists[first]?.first, let other = lists[second]?.first else { return false }
                return scheduler.goesFirst(one, other, queue: preemptor.queue)
            }
        }
    }

    /// Goes down to the child with the highest share; `nil` where the way only showed that a node has nothing.
    private mutating func next(below cohort: Int, _ scheduler: Scheduler) -> Int? {
        let (queue, queueShare) = highestQueue(below: cohort, scheduler)
        let (child, childShare) = highestCohort(below: cohort, scheduler)
        guard queue != nil || child != nil else {
            pruned.insert(cohort)
            return nil
        }
        if let child, Share.compare(childShare, queueShare) >= 0 { return next(below: child, scheduler) }
        return queue
    }

    private mutating func highestQueue(below cohort: Int, _ scheduler: Scheduler) -> (Int?, Share) {
        var (highest, highestShare): (Int?, Share) = (nil, .least)
        for queue in scheduler.tree.childQueues[cohort] where !pruned.contains(queue) {
            if live.contains(queue) { gather(queue, scheduler) }
            let share = scheduler.share(queue)
            guard let first = lists[queue]?.first, !share.isZero || queue == preemptor.queue else {
                pruned.insert(queue)
                continue
            }
            let order = Share.compare(share, highestShare)
            if order > 0 {
                (highest, highestShare) = (queue, share)
            } else if order == 0, let best = highest.flatMap({ lists[$0]?.first }),
                scheduler.goesFirst(first, best, queue: preemptor.queue)
            {
                highest = queue
            }
        }
        return (highest, highestShare)
    }

    private mutating func highestCohort(below cohort: Int, _ scheduler: Scheduler) -> (Int?, Share) {
        var (highest, highestShare): (Int?, Share) = (nil, .least)
        for child in scheduler.tree.childCohorts[cohort] where !pruned.contains(child) {
            let share = scheduler.share(child)
            if share.isZero, !ancestors.contains(child) {
                pruned.insert(child)
            } else if Share.compare(share, highestShare) >= 0 {
                (highest, highestShare) = (child, share)
            }
        }
        return (highest, highestShare)
    }

    /// The nodes whose shares are compared: those right below the lowest cohort above both queues.
    func nodesBelowMeeting(_ target: Int, _ scheduler: Scheduler) -> (preemptor: Int, target: Int) {
        let parents = scheduler.tree.parents
        var node = target
        while parents[node] >= 0, !ancestors.contains(parents[node]) { node = parents[node] }
        var mine = preemptor.queue
        while parents[mine] >= 0, parents[mine] != parents[node] { mine = parents[mine] }
        return (mine, node)
    }
}
