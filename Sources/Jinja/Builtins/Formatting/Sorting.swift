/// A stable sort whose comparison can fail, in the order of Python's `sorted`.
enum Sorting {
    /// Sorts by a key; with `reverse` equal elements still keep their order, as in Python.
    static func sorted(
        _ items: ContiguousArray<Value>, reverse: Bool = false, by key: (Value) throws -> Value
    ) throws -> ContiguousArray<Value> {
        let keys = try items.map(key)
        var order = Array(items.indices)
        var buffer = order
        var width = 1
        while width < order.count {
            var start = 0
            while start < order.count {
                let middle = min(start + width, order.count)
                let end = min(start + 2 * width, order.count)
                try merge(order, start, middle, end, into: &buffer) { later, earlier in
                    reverse
                        ? try keys[earlier].isLess(than: keys[later])
                        : try keys[later].isLess(than: keys[earlier])
                }
                start = end
            }
            swap(&order, &buffer)
            width *= 2
        }
        return ContiguousArray(order.map { items[$0] })
    }

    private static func merge(
        _ order: [Int], _ start: Int, _ middle: Int, _ end: Int, into buffer: inout [Int],
        isBefore: (Int, Int) throws -> Bool
    ) throws {
        var left = start
        var right = middle
        for position in start..<end {
            let takesLeft = try left < middle && (right >= end || !isBefore(order[right], order[left]))
            if takesLeft {
                buffer[position] = order[left]
                left += 1
            } else {
                buffer[position] = order[right]
                right += 1
            }
        }
    }
}
