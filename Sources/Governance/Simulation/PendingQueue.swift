/// The jobs of a queue that wait, in classes of jobs that are alike: what happens to one happens to all.
struct PendingQueue {
    /// Jobs of one shape and priority, the oldest first.
    struct Class {
        let shape: Int32
        let priority: Int32
        /// A heap by age.
        var jobs: [Int32] = []
        /// Whether it was tried and waits for something to change.
        var isParked = false
        /// Whether it need not be tried although it is not parked: it cannot have changed.
        var isHopeless = false
    }

    private(set) var classes: [Class] = []
    /// The workload that evicted others and goes first until it is admitted.
    var preemptor: Int32 = -1
    /// Whether nothing is tried until something changes (StrictFIFO).
    var isBlocked = false
    private var places: [Int64: Int] = [:]

    var isEmpty: Bool { classes.allSatisfy(\.jobs.isEmpty) }

    /// Adds a job.
    /// - Returns: the place of its class.
    mutating func add(_ job: Int, _ table: WorkloadTable) -> Int {
        let key = Int64(table.shape[job]) << 32 | Int64(UInt32(bitPattern: table.priority[job]))
        let place: Int
        if let known = places[key] {
            place = known
        } else {
            place = classes.count
            places[key] = place
            classes.append(Class(shape: table.shape[job], priority: table.priority[job]))
        }
        classes[place].push(Int32(truncatingIfNeeded: job), table)
        return place
    }

    func place(of job: Int, _ table: WorkloadTable) -> Int? {
        places[Int64(table.shape[job]) << 32 | Int64(UInt32(bitPattern: table.priority[job]))]
    }

    /// Takes a job out, wherever it stands.
    mutating func remove(_ job: Int, _ table: WorkloadTable) {
        if preemptor == Int32(job) { preemptor = -1 }
        guard let place = place(of: job, table) else { return }
        classes[place].remove(Int32(truncatingIfNeeded: job), table)
    }

    mutating func setParked(_ place: Int, _ isParked: Bool) {
        classes[place].isParked = isParked
        classes[place].isHopeless = false
    }

    mutating func setHopeless(_ place: Int) {
        classes[place].isParked = false
        classes[place].isHopeless = true
    }

    /// Whether a job goes before all others of the queue.
    func isFirst(_ job: Int, _ table: WorkloadTable) -> Bool {
        guard preemptor < 0 else { return preemptor == Int32(truncatingIfNeeded: job) }
        return classes.allSatisfy { waiting in
            waiting.jobs.first.map { Int($0) == job || table.goesBefore(job, Int($0)) } ?? true
        }
    }

    /// The class whose first job is the first of the queue.
    func first(_ table: WorkloadTable) -> Int? {
        if isBlocked { return nil }
        if preemptor >= 0, let place = place(of: Int(preemptor), table), !classes[place].isParked { return place }
        var best: Int?
        for place in classes.indices where !classes[place].isParked {
            guard let job = classes[place].jobs.first else { continue }
            if let known = best, !table.goesBefore(Int(job), Int(classes[known].jobs[0])) { continue }
            best = place
        }
        return best
    }

    /// The first job of a class, or the preemptor where it is one of the class.
    func job(_ place: Int, _ table: WorkloadTable) -> Int {
        if preemptor >= 0, self.place(of: Int(preemptor), table) == place { return Int(preemptor) }
        return Int(classes[place].jobs[0])
    }
}

extension PendingQueue.Class {
    private static func isOlder(_ first: Int32, _ second: Int32, _ table: WorkloadTable) -> Bool {
        let (one, other) = (Int(first), Int(second))
        return table.created[one] != table.created[other]
            ? table.created[one] < table.created[other] : table.identity[one] < table.identity[other]
    }

    fileprivate mutating func push(_ job: Int32, _ table: WorkloadTable) {
        jobs.append(job)
        rise(jobs.count - 1, table)
    }

    fileprivate mutating func remove(_ job: Int32, _ table: WorkloadTable) {
        // Nearly always it is the first.
        guard let place = jobs.first == job ? 0 : jobs.firstIndex(of: job) else { return }
        let last = jobs.removeLast()
        guard place < jobs.count else { return }
        jobs[place] = last
        rise(place, table)
        sink(place, table)
    }

    private mutating func rise(_ start: Int, _ table: WorkloadTable) {
        var place = start
        while place > 0, Self.isOlder(jobs[place], jobs[(place - 1) / 2], table) {
            jobs.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func sink(_ start: Int, _ table: WorkloadTable) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < jobs.count && Self.isOlder(jobs[child], jobs[least], table) { least = child }
            if least == place { return }
            jobs.swapAt(place, least)
            place = least
        }
    }
}
