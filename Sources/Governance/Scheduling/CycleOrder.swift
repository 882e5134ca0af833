/// In what order a cycle decides.
///
/// Without fair sharing: little borrowing first, then priority, then age. With it: queues that stand alone, then
/// cohort by cohort the entry whose queue would have the smallest share (kubernetes-sigs/kueue:
/// pkg/scheduler/fair_sharing_iterator.go).
struct CycleOrder {
    /// Places of entries whose order is known, the next one last.
    private var known: [Int]
    /// Trees of cohorts in which every decision may change what comes next.
    private var tournaments: [(root: Int, places: Set<Int>)] = []

    init(_ entries: [CycleEntry], _ scheduler: Scheduler) {
        guard scheduler.options.isFairSharing else {
            known = entries.indices.sorted { first, second in
                let levels = (entries[first].assignment.borrowing, entries[second].assignment.borrowing)
                if levels.0 != levels.1 { return levels.0 < levels.1 }
                return scheduler.workloads.goesBefore(entries[first].workload, entries[second].workload)
            }.reversed()
            return
        }
        known = []
        let byRoot = Dictionary(grouping: entries.indices) { scheduler.root(of: entries[$0]) }
        for (root, places) in byRoot.sorted(by: { $0.key < $1.key }) {
            if root >= scheduler.tree.queueCount, !scheduler.tree.childCohorts[root].isEmpty {
                tournaments.append((root, Set(places)))
            } else {
                // Right below the root only a queue's own decision changes its share, so the order stands.
                let ranks = places.map { scheduler.ranks(of: entries[$0])[0] }
                known += zip(places, ranks).sorted {
                    scheduler.goesBefore((entries[$0.0], $0.1), (entries[$1.0], $1.1))
                }.map(\.0)
            }
        }
        known.reverse()
        tournaments.reverse()
    }

    /// The place of the entry to decide next; `nil` at the end.
    mutating func next(_ entries: [CycleEntry], _ scheduler: Scheduler) -> Int? {
        if let place = known.popLast() { return place }
        guard let (root, places) = tournaments.last else { return nil }
        let ranked = Dictionary(
            uniqueKeysWithValues: places.map { ($0, scheduler.ranks(of: entries[$0])) })
        let winner = winner(below: root, entries, ranked, scheduler)
        if let winner { tournaments[tournaments.count - 1].places.remove(winner) }
        if winner == nil || places.count == 1 { tournaments.removeLast() }
        return winner ?? next(entries, scheduler)
    }

    /// The best entry of a cohort: of its queues', and of the best ones of the cohorts below it.
    private func winner(
        below cohort: Int, _ entries: [CycleEntry], _ ranked: [Int: [CycleRank]], _ scheduler: Scheduler
    ) -> Int? {
        var best: (place: Int, rank: CycleRank)?
        func offer(_ place: Int) {
            guard let rank = ranked[place]?.first(where: { $0.cohort == cohort }) else { return }
            guard let known = best else {
                best = (place, rank)
                return
            }
            if scheduler.goesBefore((entries[place], rank), (entries[known.place], known.rank)) { best = (place, rank) }
        }
        for child in scheduler.tree.childCohorts[cohort] {
            if let place = winner(below: child, entries, ranked, scheduler) { offer(place) }
        }
        let own = ranked.keys.sorted().filter {
            scheduler.tree.parents[Int(scheduler.workloads.queue[entries[$0].workload])] == cohort
        }
        own.forEach(offer)
        return best?.place
    }
}

/// How an entry stands in the contest among the children of a cohort.
struct CycleRank {
    /// The cohort.
    let cohort: Int
    /// Whether the child that it came from borrows, with it, what it asks for.
    let isBorrowing: Bool
    /// The share of that child, with it.
    let share: Share
}

extension Scheduler {
    fileprivate func root(of entry: CycleEntry) -> Int { tree.roots[Int(workloads.queue[entry.workload])] }

    /// How an entry stands in its cohort and in each above it; once with the cohort -1 for a queue that stands alone.
    fileprivate func ranks(of entry: CycleEntry) -> [CycleRank] {
        let queue = Int(workloads.queue[entry.workload])
        guard tree.hasParent(queue) else { return [CycleRank(cohort: -1, isBorrowing: false, share: Share())] }
        add(entry.assignment.uses, to: queue)
        defer { remove(entry.assignment.uses, from: queue) }
        var ranks: [CycleRank] = []
        var node = queue
        while tree.parents[node] >= 0 {
            let borrows = entry.assignment.uses.contains { $0.amount > 0 && borrowsBelow(node, Int($0.pair)) }
            ranks.append(CycleRank(cohort: tree.parents[node], isBorrowing: borrows, share: share(node)))
            node = tree.parents[node]
        }
        return ranks
    }

    private func borrowsBelow(_ node: Int, _ pair: Int) -> Bool {
        let place = tree.at(node, pair)
        return tree.isDefined[place] && tree.usage[place] > tree.subtree[place]
    }

    fileprivate func goesBefore(_ first: (CycleEntry, CycleRank), _ second: (CycleEntry, CycleRank)) -> Bool {
        if options.putsNonBorrowingFirst, first.1.isBorrowing != second.1.isBorrowing { return second.1.isBorrowing }
        let order = Share.compare(first.1.share, second.1.share)
        if order != 0 { return order < 0 }
        return workloads.goesBefore(first.0.workload, second.0.workload)
    }
}
