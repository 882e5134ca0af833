/// The queues from which workloads may be taken, the one with the highest share next (kubernetes-sigs/kueue:
/// pkg/scheduler/preemption/fairsharing/ordering.go).
struct FairTargets {
    private let preemptor: Preemptor
    /// The cohorts above the preemptor's queue, the lowest first.
    private let ancestors: [Int]
    /// Candidates in the order of going, of the queues that were looked at.
    private var lists: [Int: Heap<EvictionRank>] = [:]
    /// Queues that may still have candidates.
    private var live: [Int] = []
    private var pruned: Set<Int> = []
    /// In a cohort without others below it: live queues, the highest share first.
    private var byShare = Heap<Ranked>()
    /// Those with the highest share, by their first candidates.
    private var first = Heap<Leading>()
    private var front: Share?
    /// Queues none of whose candidates can go.
    private(set) var hopeless: [Int] = []
    /// Whether a workload of the preemptor's own queue may go before those of queues with an equal share, which changes
    /// their chances: it goes last but where it was told to go already.
    private var hasEvictedOwn: Bool { lists[preemptor.queue]?.least?.isEvicted == true }
    private var isHeaped = false
    /// The queue that was named last; its share is smaller now.
    private var taken: Int?

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
            if hasCandidate(preemptor.queue) { live.append(preemptor.queue) }
        }
    }

    /// Given candidates, and all those of some queues.
    init(_ preemptor: Preemptor, _ scheduler: Scheduler, _ given: [Int], _ queues: [Int]) {
        self.preemptor = preemptor
        ancestors = Self.ancestors(of: preemptor.queue, scheduler)
        let table = scheduler.workloads
        lists = Dictionary(grouping: given) { Int(table.queue[$0]) }.mapValues { workloads in
            Heap(
                workloads.map { EvictionRank($0, table, isOwn: Int(table.queue[$0]) == preemptor.queue) })
        }
        live = lists.keys.sorted() + queues
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
        lists[queue] = Heap(scheduler.candidates(in: queue, for: preemptor, scope))
    }

    func hasCandidate(_ queue: Int) -> Bool { lists[queue]?.least != nil }

    /// The next candidate of a queue that has one.
    mutating func pop(_ queue: Int) -> Int? { lists[queue]?.pop()?.workload }

    mutating func drop(_ queue: Int) {
        pruned.insert(queue)
        lists[queue] = Heap()
    }

    /// The queue to take from next; `nil` where nothing is left.
    /// - Parameters:
    ///   - hasBar: whether a queue with a smaller share than the preemptor's has nothing to give.
    ///   - isHopeless: whether no candidate of a queue can go; such queues are not named but noted down.
    mutating func next(
        _ scheduler: Scheduler, hasBar: Bool, isHopeless: (Int) -> Bool = { _ in false }
    ) -> Int? {
        guard let root = ancestors.last else { return hasCandidate(preemptor.queue) ? preemptor.queue : nil }
        if scheduler.tree.childCohorts[root].isEmpty { return nextOfFlat(scheduler, hasBar: hasBar, isHopeless) }
        while !pruned.contains(root) {
            if let queue = next(below: root, scheduler) { return queue }
        }
        return nil
    }

    /// In a cohort without others below it, queues wait in a heap by share, and those with the highest in a second one
    /// by their first candidates. Taking a workload makes the share of its queue smaller and no other, so both stay
    /// true and a search costs as much as it looks at, however many queues there are.
    ///
    /// The preemptor's own share stands among them. Where it is the highest and its queue has no candidates, neither
    /// rule allows any: all others have smaller shares.
    private mutating func nextOfFlat(
        _ scheduler: Scheduler, hasBar: Bool, _ isHopeless: (Int) -> Bool
    ) -> Int? {
        if !isHeaped { heapUp(scheduler) }
        if let queue = taken {
            taken = nil
            if hasCandidate(queue) { rank(queue, scheduler) }
        }
        while true {
            if first.least == nil { front = byShare.least?.share }
            guard let front else { return nil }
            if hasBar, Share.compare(scheduler.shares[preemptor.queue], front) > 0 { return nil }
            while let ranked = byShare.least, Share.compare(ranked.share, front) >= 0 {
                _ = byShare.pop()
                if lists[ranked.queue] == nil, !hasEvictedOwn, isHopeless(ranked.queue) {
                    hopeless.append(ranked.queue)
                    continue
                }
                gather(ranked.queue, scheduler)
                if let rank = lists[ranked.queue]?.least { first.push(Leading(rank: rank, queue: ranked.queue)) }
            }
            guard let leading = first.pop() else { continue }
            taken = leading.queue
            return taken
        }
    }

    private mutating func heapUp(_ scheduler: Scheduler) {
        isHeaped = true
        byShare = Heap(
            live.compactMap { queue in
                let share = scheduler.shares[queue]
                return share.isZero && queue != preemptor.queue ? nil : Ranked(share: share, queue: queue)
            })
    }

    private mutating func rank(_ queue: Int, _ scheduler: Scheduler) {
        let share = scheduler.shares[queue]
        if share.isZero, queue != preemptor.queue { return }
        byShare.push(Ranked(share: share, queue: queue))
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
            guard let first = lists[queue]?.least, !share.isZero || queue == preemptor.queue else {
                pruned.insert(queue)
                continue
            }
            let order = Share.compare(share, highestShare)
            if order > 0 {
                (highest, highestShare) = (queue, share)
            } else if order == 0, let best = highest.flatMap({ lists[$0]?.least }), first < best {
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

/// A queue by its share, the highest first.
private struct Ranked: Comparable {
    let share: Share
    let queue: Int

    static func == (first: Ranked, second: Ranked) -> Bool { Share.compare(first.share, second.share) == 0 }
    static func < (first: Ranked, second: Ranked) -> Bool { Share.compare(first.share, second.share) > 0 }
}

/// A queue by its first candidate.
private struct Leading: Comparable {
    let rank: EvictionRank
    let queue: Int

    static func < (first: Leading, second: Leading) -> Bool { first.rank < second.rank }
}
