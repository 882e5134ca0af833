/// An amount of a pair in use.
struct Use: Hashable {
    var pair: Int32
    var amount: Int64

    init(_ pair: Int, _ amount: Int64) {
        self.pair = Int32(truncatingIfNeeded: pair)
        self.amount = amount
    }
}

/// What the scheduler knows of every workload: a row each, in columns, so that a million fits in little memory.
///
/// A class, so that asking it something copies nothing; nothing in it is read while it is written, so that is not
/// checked at every access.
final class WorkloadTable {
    /// The queue of each workload.
    @exclusivity(unchecked) private(set) var queue: [Int32] = []
    @exclusivity(unchecked) private(set) var priority: [Int32] = []
    /// When it was created; decides among equal priorities.
    @exclusivity(unchecked) private(set) var created: [Int64] = []
    /// When it got its quota; the youngest are evicted first.
    @exclusivity(unchecked) var reserved: [Int64] = []
    /// Its place among the unique ids: the last word where all else is equal.
    @exclusivity(unchecked) private(set) var identity: [Int32] = []
    @exclusivity(unchecked) private(set) var shape: [Int32] = []
    /// The number of its uses in `usages`; -1 while it has no quota.
    @exclusivity(unchecked) var usage: [Int32] = []
    /// Its place among the admitted of its queue.
    @exclusivity(unchecked) var slot: [Int32] = []
    /// Whether it was told to go and still holds its quota.
    @exclusivity(unchecked) var isEvicted: [Bool] = []
    /// Every distinct list of uses.
    @exclusivity(unchecked) private(set) var usages: [[Use]] = []
    @exclusivity(unchecked) private var numbersOfUsages: [[Use]: Int32] = [:]

    var count: Int { queue.count }

    func append(queue: Int, priority: Int, created: Int64, identity: Int, shape: Int) {
        self.queue.append(Int32(truncatingIfNeeded: queue))
        self.priority.append(Int32(clamping: priority))
        self.created.append(created)
        self.identity.append(Int32(truncatingIfNeeded: identity))
        self.shape.append(Int32(truncatingIfNeeded: shape))
        reserved.append(.max)
        usage.append(-1)
        slot.append(-1)
        isEvicted.append(false)
    }

    func reserveCapacity(_ count: Int) {
        queue.reserveCapacity(count)
        priority.reserveCapacity(count)
        created.reserveCapacity(count)
        identity.reserveCapacity(count)
        shape.reserveCapacity(count)
        reserved.reserveCapacity(count)
        usage.reserveCapacity(count)
        slot.reserveCapacity(count)
        isEvicted.reserveCapacity(count)
    }

    /// What an admitted workload uses.
    func uses(_ workload: Int) -> [Use] { usage[workload] < 0 ? [] : usages[Int(usage[workload])] }

    /// The number of a list of uses.
    func number(of uses: [Use]) -> Int32 {
        if let number = numbersOfUsages[uses] { return number }
        let number = Int32(usages.count)
        usages.append(uses)
        numbersOfUsages[uses] = number
        return number
    }

    /// Whether the first goes before the second in a queue.
    func goesBefore(_ first: Int, _ second: Int) -> Bool {
        if priority[first] != priority[second] { return priority[first] > priority[second] }
        if created[first] != created[second] { return created[first] < created[second] }
        return identity[first] < identity[second]
    }
}
