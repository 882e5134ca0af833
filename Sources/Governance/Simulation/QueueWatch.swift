/// Which waiting jobs are worth another look: the outlooks of all parked classes, for each tree of cohorts.
///
/// A look costs as much as it finds: classes wait in heaps by what has to come free and by the share that somebody has
/// to have, so that thousands that have no chance are never walked over.
struct QueueWatch {
    /// The tree of each queue.
    let treeOfQueue: [Int]
    private var trees: [Tree] = []
    /// The parked classes of each queue, by their places.
    private var parked: [[Parked?]]
    private var shares: [Double]
    /// Queues whose own usage changed since their outlooks were drawn.
    private var isStale: [Bool]
    /// The last number that was given to an outlook.
    private var stamp: UInt32 = 0
    /// Whether every eviction makes its queue's share smaller, so that equal shares give nothing.
    private let hasUniformJobs: Bool

    /// What a parked class waits for; the number tells marks of this outlook from those of earlier ones.
    private struct Parked {
        var outlook: Outlook
        var stamp: UInt32
    }

    /// A class in a heap.
    private struct Mark<Key: Comparable>: Comparable {
        let key: Key
        let queue: Int32
        let place: Int32
        let stamp: UInt32

        static func < (first: Self, second: Self) -> Bool { first.key < second.key }
    }

    /// What waits in a tree of cohorts.
    private struct Tree {
        let top: Int
        var queues: [Int] = []
        var stale: [Int] = []
        /// Classes that are tried whenever something changes.
        var open: [Mark<Int64>] = []
        /// By pair: classes that wait for an amount to come free.
        var needs: [Heap<Mark<Int64>>]
        /// Classes that wait for somebody to have a share.
        var shares = Heap<Mark<Double>>()
        /// The queue with the highest share; -1 where that has to be looked for.
        var leader = -1
        var marks = 0
        var live = 0
    }

    init(_ scheduler: Scheduler, _ input: SimulationInput) {
        var numbers: [Int: Int] = [:]
        var treeOfQueue: [Int] = []
        for queue in scheduler.queues.indices {
            let root = scheduler.tree.roots[queue]
            if numbers[root] == nil {
                numbers[root] = trees.count
                trees.append(Tree(top: root, needs: Array(repeating: Heap(), count: scheduler.tree.width)))
            }
            treeOfQueue.append(numbers[root] ?? 0)
            trees[treeOfQueue[queue]].queues.append(queue)
        }
        self.treeOfQueue = treeOfQueue
        parked = Array(repeating: [], count: scheduler.queues.count)
        shares = Array(repeating: 0, count: scheduler.queues.count)
        isStale = Array(repeating: false, count: scheduler.queues.count)
        let resources = Set(
            input.shapes.map { shape in Set(shape.podSets.flatMap(\.requests).filter { $0.amount > 0 }.map(\.resource))
            })
        hasUniformJobs = resources.count <= 1 && scheduler.table.flavors.count <= 1 && scheduler.options.hasExactShares
    }

    func queues(of tree: Int) -> [Int] { trees[tree].queues }

    /// A queue's usage changed.
    mutating func touch(_ queue: Int) {
        guard !isStale[queue] else { return }
        isStale[queue] = true
        trees[treeOfQueue[queue]].stale.append(queue)
    }

    mutating func park(_ queue: Int, _ place: Int, _ outlook: Outlook) {
        while parked[queue].count <= place { parked[queue].append(nil) }
        if parked[queue][place] == nil { trees[treeOfQueue[queue]].live += 1 }
        stamp &+= 1
        parked[queue][place] = Parked(outlook: outlook, stamp: stamp)
        mark(queue, place, outlook)
    }

    mutating func unpark(_ queue: Int, _ place: Int) {
        guard parked[queue].indices.contains(place), parked[queue][place] != nil else { return }
        parked[queue][place] = nil
        trees[treeOfQueue[queue]].live -= 1
    }

    /// Draws the outlooks anew of queues whose usage changed.
    mutating func refresh(_ tree: Int, _ pending: [PendingQueue], _ scheduler: Scheduler) {
        for queue in trees[tree].stale {
            isStale[queue] = false
            if scheduler.options.isFairSharing { setShare(of: queue, Scheduler.key(of: scheduler.share(queue)), tree) }
            for place in parked[queue].indices {
                guard let known = parked[queue][place] else { continue }
                let waiting = pending[queue].classes[place]
                let outlook = scheduler.outlook(queue, shape: Int(waiting.shape), priority: waiting.priority)
                if outlook != known.outlook { park(queue, place, outlook) }
            }
        }
        trees[tree].stale.removeAll(keepingCapacity: true)
    }

    /// The parked classes whose outlook has come true; whoever asks unparks them.
    mutating func promising(_ tree: Int, _ scheduler: Scheduler) -> [(queue: Int, place: Int)] {
        guard trees[tree].live > 0 else { return [] }
        var found: [(Int, Int)] = []
        func take<Key>(_ mark: Mark<Key>) {
            let (queue, place) = (Int(mark.queue), Int(mark.place))
            guard isValid(mark) else { return }
            // It may be marked in two heaps.
            parked[queue][place]?.stamp = 0
            found.append((queue, place))
        }
        trees[tree].marks -= trees[tree].open.count
        for mark in trees[tree].open { take(mark) }
        trees[tree].open.removeAll(keepingCapacity: true)
        for pair in trees[tree].needs.indices where trees[tree].needs[pair].least != nil {
            let free = scheduler.tree.signedAvailable(trees[tree].top, pair)
            while let mark = trees[tree].needs[pair].least, mark.key <= free {
                _ = trees[tree].needs[pair].pop()
                trees[tree].marks -= 1
                take(mark)
            }
        }
        if scheduler.options.isFairSharing, trees[tree].shares.least != nil {
            let highest = highestShare(tree)
            // A hair above, so that rounding never hides a chance.
            let bar = hasUniformJobs ? highest * (1 - 1e-12) : highest * (1 + 1e-12)
            while let mark = trees[tree].shares.least, mark.key <= bar {
                _ = trees[tree].shares.pop()
                trees[tree].marks -= 1
                take(mark)
            }
        }
        return found
    }

    /// Whether one class that waits has a chance now.
    mutating func isPromising(_ outlook: Outlook, _ queue: Int, _ scheduler: Scheduler) -> Bool {
        if outlook.isOpen { return true }
        if outlook.isOwnMatter { return false }
        let tree = treeOfQueue[queue]
        if scheduler.tree.signedAvailable(trees[tree].top, Int(outlook.pair)) >= outlook.need { return true }
        return scheduler.options.isFairSharing && outlook.share <= highestShare(tree)
    }

    // MARK: Shares

    private mutating func setShare(of queue: Int, _ share: Double, _ tree: Int) {
        let before = shares[queue]
        shares[queue] = share
        let leader = trees[tree].leader
        if leader == queue {
            if share < before { trees[tree].leader = -1 }
        } else if leader >= 0, share > shares[leader] {
            trees[tree].leader = queue
        }
    }

    private mutating func highestShare(_ tree: Int) -> Double {
        if trees[tree].leader < 0 {
            trees[tree].leader = trees[tree].queues.max { shares[$0] < shares[$1] } ?? -1
        }
        return trees[tree].leader < 0 ? -.infinity : shares[trees[tree].leader]
    }

    // MARK: Marks

    private func isValid<Key>(_ mark: Mark<Key>) -> Bool {
        parked[Int(mark.queue)][Int(mark.place)]?.stamp == mark.stamp
    }

    private mutating func mark(_ queue: Int, _ place: Int, _ outlook: Outlook) {
        guard !outlook.isOwnMatter else { return }
        let tree = treeOfQueue[queue]
        if trees[tree].marks > 64 + 4 * trees[tree].live { sweep(tree) }
        func made<Key>(_ key: Key) -> Mark<Key> {
            Mark(key: key, queue: Int32(queue), place: Int32(place), stamp: parked[queue][place]?.stamp ?? 0)
        }
        trees[tree].marks += 1
        if outlook.isOpen {
            trees[tree].open.append(made(0))
            return
        }
        trees[tree].needs[Int(outlook.pair)].push(made(outlook.need))
        guard outlook.share < .infinity else { return }
        trees[tree].marks += 1
        trees[tree].shares.push(made(outlook.share))
    }

    /// Forgets marks of outlooks that are no more.
    private mutating func sweep(_ tree: Int) {
        let open = trees[tree].open.filter { isValid($0) }
        let needs = trees[tree].needs.map { heap in Heap(heap.items.filter { isValid($0) }) }
        let shares = Heap(trees[tree].shares.items.filter { isValid($0) })
        trees[tree].marks = open.count + shares.items.count + needs.reduce(0) { $0 + $1.items.count }
        (trees[tree].open, trees[tree].needs, trees[tree].shares) = (open, needs, shares)
    }
}
