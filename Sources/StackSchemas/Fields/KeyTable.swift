/// The keys of a record with a number made of each: comparing a few dozen numbers takes less than one look-up in a
/// dictionary, whose hash is made to withstand attacks that keys of a schema do not face.
struct KeyTable: Sendable {
    private let keys: [String]
    private let marks: [UInt64]

    /// Keys by position; of a key that occurs twice the first is found.
    init(_ keys: [String]) {
        self.keys = keys
        marks = keys.map(Self.mark)
    }

    /// The position of a key; `nil` where there is none.
    func position(of key: String) -> Int? {
        let mark = Self.mark(key)
        for index in marks.indices where marks[index] == mark && keys[index] == key { return index }
        return nil
    }

    /// The first and last eight bytes and the length, or all bytes of a short key.
    private static func mark(_ key: String) -> UInt64 {
        var key = key
        return key.withUTF8 { bytes in
            let length = UInt64(truncatingIfNeeded: bytes.count)
            guard bytes.count >= 8, let start = UnsafeRawPointer(bytes.baseAddress) else {
                return bytes.reduce(length) { $0 << 8 | UInt64($1) }
            }
            let front = start.loadUnaligned(as: UInt64.self)
            let back = (start + (bytes.count - 8)).loadUnaligned(as: UInt64.self)
            return front ^ (back &* 0x9E37_79B9_7F4A_7C15) ^ length
        }
    }
}
