/// Things that come due, the earliest first; of one time, the first added.
struct EventHeap {
    /// A thing that comes due.
    struct Item {
        let time: Int64
        let sequence: Int64
        let job: Int32
        let kind: Kind
    }

    /// What comes due.
    enum Kind: UInt8 {
        /// A job's work is done.
        case done
        /// An evicted job's pods are gone.
        case gone
    }

    private var items: [Item] = []
    private var count: Int64 = 0

    var first: Item? { items.first }

    mutating func push(_ time: Int64, _ job: Int, _ kind: Kind) {
        items.append(Item(time: time, sequence: count, job: Int32(truncatingIfNeeded: job), kind: kind))
        count += 1
        var place = items.count - 1
        while place > 0, isEarlier(place, (place - 1) / 2) {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func pop() -> Item? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first }
        items[0] = last
        var place = 0
        while true {
            var least = place
            let (left, right) = (2 * place + 1, 2 * place + 2)
            if left < items.count, isEarlier(left, least) { least = left }
            if right < items.count, isEarlier(right, least) { least = right }
            if least == place { return first }
            items.swapAt(place, least)
            place = least
        }
    }

    private func isEarlier(_ first: Int, _ second: Int) -> Bool {
        let (one, other) = (items[first], items[second])
        return one.time != other.time ? one.time < other.time : one.sequence < other.sequence
    }
}
