/// Items of which the least is at hand: adding one and taking the least cost as much as the heap is high.
struct Heap<Item: Comparable> {
    /// The items; only the first one has a place that means something.
    private(set) var items: [Item]

    /// Puts items in order in one go, which costs less than adding them one by one.
    init(_ items: [Item] = []) {
        self.items = items
        guard items.count > 1 else { return }
        for place in (0..<items.count / 2).reversed() { sink(place) }
    }

    var least: Item? { items.first }

    mutating func push(_ item: Item) {
        items.append(item)
        var place = items.count - 1
        while place > 0, items[place] < items[(place - 1) / 2] {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func pop() -> Item? {
        guard let least = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink(0)
        }
        return least
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            var least = place
            let child = 2 * place + 1
            if child < items.count, items[child] < items[least] { least = child }
            if child + 1 < items.count, items[child + 1] < items[least] { least = child + 1 }
            if least == place { return }
            items.swapAt(place, least)
            place = least
        }
    }
}
