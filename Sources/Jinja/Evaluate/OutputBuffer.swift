/// The bytes that a render has printed so far.
///
/// Memory of its own instead of an array inside the render's state: every piece of output goes through here, and
/// appending must not cost more than copying.
final class OutputBuffer {
    private(set) var count = 0
    private var capacity: Int
    private var bytes: UnsafeMutablePointer<UInt8>

    init(capacity: Int = 256) {
        self.capacity = max(16, capacity)
        bytes = .allocate(capacity: self.capacity)
    }

    deinit {
        bytes.deallocate()
    }

    /// Makes room for a number of bytes behind the last one.
    func reserve(_ additional: Int) {
        let needed = count + additional
        guard needed > capacity else { return }
        let grown = max(needed, capacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        capacity = grown
    }

    func append(_ source: UnsafeBufferPointer<UInt8>) {
        guard let start = source.baseAddress else { return }
        reserve(source.count)
        (bytes + count).update(from: start, count: source.count)
        count += source.count
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
        reserve(1)
        bytes[count] = byte
        count += 1
    }

    func append(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ append($0) }) == nil {
            for byte in text.utf8 { append(byte) }
        }
    }

    /// Appends the decimal digits of a number.
    func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var length = 1
        while rest >= 10 {
            rest /= 10
            length += 1
        }
        reserve(length)
        rest = number.magnitude
        for position in stride(from: count + length - 1, through: count, by: -1) {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = quotient
        }
        count += length
    }

    /// The text printed since a mark; it is taken out again.
    func cut(from mark: Int) -> String {
        defer { count = mark }
        return String(decoding: UnsafeBufferPointer(start: bytes + mark, count: count - mark), as: UTF8.self)
    }

    /// The bytes printed since a mark.
    func bytes(from mark: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: bytes + mark, count: max(0, count - mark)))
    }

    /// Forgets what was printed since a mark.
    func truncate(to mark: Int) { count = mark }

    /// All bytes.
    func contents() -> [UInt8] { Array(UnsafeBufferPointer(start: bytes, count: count)) }
}
