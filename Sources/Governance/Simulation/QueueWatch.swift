/// Which waiting jobs are worth another look: the outlooks of all parked classes, in one list a tree of cohorts.
struct QueueWatch {
    private struct Entry {
        let queue: Int32
        let place: Int32
        var outlook: Outlook
    }

    /// The tree of each queue.
    let treeOfQueue: [Int]
    private let queuesOfTree: [[Int]]
    private var entries: [[Entry]]
    /// Where each class of each queue stands in its tree's list; -1 for one that is not parked.
    private var places: [[Int32]]
    private var shares: [Double]
    /// Queues whose own usage changed since their outlooks were drawn.
    private var isStale: [Bool]
    private var stale: [[Int]]
    /// Whether every eviction makes its queue's share smaller, so that equal shares give nothing.
    private let hasUniformJobs: Bool

    init(_ scheduler: Scheduler, _ input: SimulationInput) {
        var trees: [Int: Int] = [:]
        var treeOfQueue: [Int] = []
        var queuesOfTree: [[Int]] = []
        for queue in scheduler.queues.indices {
            let root = scheduler.tree.roots[queue]
            if trees[root] == nil {
                trees[root] = queuesOfTree.count
                queuesOfTree.append([])
            }
            treeOfQueue.append(trees[root] ?? 0)
            queuesOfTree[treeOfQueue[queue]].append(queue)
        }
        self.treeOfQueue = treeOfQueue
        self.queuesOfTree = queuesOfTree
        entries = Array(repeating: [], count: queuesOfTree.count)
        stale = Array(repeating: [], count: queuesOfTree.count)
        places = Array(repeating: [], count: scheduler.queues.count)
        shares = Array(repeating: 0, count: scheduler.queues.count)
        isStale = Array(repeating: false, count: scheduler.queues.count)
        let resources = Set(
            input.shapes.map { shape in Set(shape.podSets.flatMap(\.requests).filter { $0.amount > 0 }.map(\.resource))
            })
        hasUniformJobs = resources.count <= 1 && scheduler.table.flavors.count <= 1 && scheduler.options.hasExactShares
    }

    func queues(of tree: Int) -> [Int] { queuesOfTree[tree] }

    /// A queue's usage changed.
    mutating func touch(_ queue: Int) {
        guard !isStale[queue] else { return }
        isStale[queue] = true
        stale[treeOfQueue[queue]].append(queue)
    }

    mutating func park(_ queue: Int, _ place: Int, _ outlook: Outlook) {
        while places[queue].count <= place { places[queue].append(-1) }
        let tree = treeOfQueue[queue]
        if places[queue][place] >= 0 {
            entries[tree][Int(places[queue][place])].outlook = outlook
            return
        }
        places[queue][place] = Int32(entries[tree].count)
        entries[tree].append(Entry(queue: Int32(queue), place: Int32(place), outlook: outlook))
    }

    mutating func unpark(_ queue: Int, _ place: Int) {
        guard places[queue].indices.contains(place), places[queue][place] >= 0 else { return }
        let tree = treeOfQueue[queue]
        let index = Int(places[queue][place])
        places[queue][place] = -1
        let last = entries[tree].removeLast()
        guard index < entries[tree].count else { return }
        entries[tree][index] = last
        places[Int(last.queue)][Int(last.place)] = Int32(index)
    }

    func isParked(_ queue: Int, _ place: Int) -> Bool {
        places[queue].indices.contains(place) && places[queue][place] >= 0
    }

    /// Draws the outlooks anew of queues whose usage changed.
    mutating func refresh(_ tree: Int, _ pending: [PendingQueue], _ scheduler: Scheduler) {
        for queue in stale[tree] {
            isStale[queue] = false
            shares[queue] = scheduler.options.isFairSharing ? Scheduler.key(of: scheduler.share(queue)) : 0
            for place in places[queue].indices where places[queue][place] >= 0 {
                let waiting = pending[queue].classes[place]
                entries[tree][Int(places[queue][place])].outlook = scheduler.outlook(
                    queue, shape: Int(waiting.shape), priority: waiting.priority)
            }
        }
        stale[tree].removeAll(keepingCapacity: true)
    }

    /// The parked classes whose outlook has come true.
    func promising(_ tree: Int, _ scheduler: Scheduler) -> [(queue: Int, place: Int)] {
        guard let first = queuesOfTree[tree].first, !entries[tree].isEmpty else { return [] }
        let top = scheduler.tree.roots[first]
        let free = (0..<scheduler.tree.width).map { scheduler.tree.signedAvailable(top, $0) }
        var highest = -Double.infinity
        if scheduler.options.isFairSharing {
            for queue in queuesOfTree[tree] { highest = max(highest, shares[queue]) }
        }
        // A hair above, so that rounding never hides a chance.
        let bar = hasUniformJobs ? highest * (1 - 1e-12) : highest * (1 + 1e-12)
        var found: [(Int, Int)] = []
        for entry in entries[tree] {
            let outlook = entry.outlook
            if outlook.isOpen
                || (!outlook.isOwnMatter && (free[Int(outlook.pair)] >= outlook.need || outlook.share <= bar))
            {
                found.append((Int(entry.queue), Int(entry.place)))
            }
        }
        return found
    }

    /// Whether one class that waits has a chance now.
    func isPromising(_ outlook: Outlook, _ queue: Int, _ scheduler: Scheduler) -> Bool {
        if outlook.isOpen { return true }
        if outlook.isOwnMatter { return false }
        let top = scheduler.tree.roots[queue]
        if scheduler.tree.signedAvailable(top, Int(outlook.pair)) >= outlook.need { return true }
        return scheduler.options.isFairSharing
            && queuesOfTree[treeOfQueue[queue]].contains { outlook.share <= shares[$0] }
    }
}
