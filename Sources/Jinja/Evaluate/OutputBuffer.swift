/// The bytes that a render has printed so far.
///
/// Memory of its own instead of an array inside the render's state: every piece of output goes through here, and
/// appending must not cost more than copying. What has been printed stays where it is: when the memory is full, more is
/// taken for what follows. No access lasts while other code runs, so that the checks for overlapping ones are left out.
final class OutputBuffer {
    /// A piece of memory.
    private struct Chunk {
        let bytes: UnsafeMutablePointer<UInt8>
        let capacity: Int
        /// The place of its first byte in the output.
        let start: Int
        /// Whether the memory is ours to give back.
        let isOwned: Bool
    }

    /// Memory that is full, in order.
    @exclusivity(unchecked) private var full: ContiguousArray<Chunk> = []
    /// Memory that is being filled.
    @exclusivity(unchecked) private var current: Chunk
    /// How many bytes of it are filled.
    @exclusivity(unchecked) private var used = 0

    private static let smallestChunk = 1 << 10
    private static let largestChunk = 1 << 20

    init(capacity: Int = 256) {
        let capacity = max(16, capacity)
        current = Chunk(bytes: .allocate(capacity: capacity), capacity: capacity, start: 0, isOwned: true)
    }

    /// Begins in memory that belongs to somebody else and outlives the buffer.
    init(in memory: UnsafeMutableBufferPointer<UInt8>) {
        if let bytes = memory.baseAddress {
            current = Chunk(bytes: bytes, capacity: memory.count, start: 0, isOwned: false)
        } else {
            current = Chunk(bytes: .allocate(capacity: 16), capacity: 16, start: 0, isOwned: true)
        }
    }

    deinit {
        for chunk in full { Self.release(chunk) }
        Self.release(current)
    }

    private static func release(_ chunk: Chunk) {
        if chunk.isOwned { chunk.bytes.deallocate() }
    }

    /// The number of bytes printed.
    var count: Int {
        @inline(__always) get { current.start + used }
    }

    // MARK: - Appending

    @inline(__always)
    func append(_ source: UnsafeBufferPointer<UInt8>) {
        guard used + source.count <= current.capacity else { return appendAcross(source) }
        guard let start = source.baseAddress else { return }
        (current.bytes + used).update(from: start, count: source.count)
        used += source.count
    }

    /// Appends what does not fit into the current memory.
    @inline(never)
    private func appendAcross(_ source: UnsafeBufferPointer<UInt8>) {
        var rest = source
        while let start = rest.baseAddress, !rest.isEmpty {
            if used == current.capacity { extend(by: rest.count) }
            let length = min(rest.count, current.capacity - used)
            (current.bytes + used).update(from: start, count: length)
            used += length
            rest = UnsafeBufferPointer(rebasing: rest[length...])
        }
    }

    /// Takes more memory: a quarter of what there is, so that little is left over.
    private func extend(by needed: Int) {
        let capacity = max(needed, min(count / 4, Self.largestChunk), Self.smallestChunk)
        full.append(current)
        current = Chunk(bytes: .allocate(capacity: capacity), capacity: capacity, start: count, isOwned: true)
        used = 0
    }

    func append(_ source: [UInt8]) {
        source.withUnsafeBufferPointer { append($0) }
    }

    /// Appends a range of a template's text.
    /// - Parameter newline: what every line break becomes; `nil` where it stays as it is.
    func append(_ source: [UInt8], _ range: SourceRange, newline: [UInt8]?) {
        source.withUnsafeBufferPointer { all in
            let text = UnsafeBufferPointer(rebasing: all[Int(range.start)..<Int(range.end)])
            guard let newline else { return append(text) }
            for byte in text {
                if byte == 0x0A { append(newline) } else { append(byte) }
            }
        }
    }

    func append(_ byte: UInt8) {
        if used == current.capacity { extend(by: 1) }
        current.bytes[used] = byte
        used += 1
    }

    func append(_ text: String) {
        text.withBytes { append($0) }
    }

    /// Appends the decimal digits of a number.
    func append(_ number: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number.magnitude
            var position = digits.count
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                position -= 1
                digits[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = quotient
            } while rest > 0
            if number < 0 {
                position -= 1
                digits[position] = UInt8(ascii: "-")
            }
            append(UnsafeBufferPointer(rebasing: digits[position...]))
        }
    }

    // MARK: - Taking out

    /// The text printed since a mark; it is taken out again.
    func cut(from mark: Int) -> String {
        defer { truncate(to: mark) }
        if mark >= current.start {
            let bytes = UnsafeBufferPointer(start: current.bytes + (mark - current.start), count: count - mark)
            return String(decoding: bytes, as: UTF8.self)
        }
        return String(unsafeUninitializedCapacity: count - mark) { copy(from: mark, to: $0) }
    }

    /// The bytes printed since a mark.
    func bytes(from mark: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: max(0, count - mark)) { memory, count in
            count = copy(from: min(mark, self.count), to: memory)
        }
    }

    /// Forgets what was printed since a mark.
    func truncate(to mark: Int) {
        // The last memory is kept for what follows, unless earlier memory has room.
        while mark < current.start, let last = full.popLast() {
            Self.release(current)
            current = last
        }
        used = mark - current.start
    }

    /// Copies what was printed since a mark.
    /// - Returns: the number of bytes.
    @discardableResult
    private func copy(from mark: Int, to memory: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let target = memory.baseAddress else { return 0 }
        var end = count
        for chunk in ([current] + full.reversed()) where end > mark {
            let start = max(mark, chunk.start)
            (target + (start - mark)).update(from: chunk.bytes + (start - chunk.start), count: end - start)
            end = start
        }
        return count - mark
    }

    /// How many bytes lie in the memory that the buffer began in.
    var countInFirst: Int { full.isEmpty ? used : full[0].capacity }

    /// Appends what lies behind the memory that the buffer began in.
    func copyRest(to bytes: inout [UInt8]) {
        guard !full.isEmpty else { return }
        bytes.reserveCapacity(count)
        for (index, chunk) in full.enumerated() where index > 0 {
            bytes.append(contentsOf: UnsafeBufferPointer(start: chunk.bytes, count: chunk.capacity))
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: current.bytes, count: used))
    }
}
