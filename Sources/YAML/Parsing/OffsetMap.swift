/// Turns libyaml's positions, which count characters, into byte offsets.
///
/// Every 16th character's offset is remembered, so a lookup walks at most 16 characters. A text of ASCII
/// needs no table at all.
struct OffsetMap {
    private static let step = 16
    private let bytes: UnsafeBufferPointer<UInt8>
    private let base: Int
    private let checkpoints: [UInt32]

    /// - Parameters:
    ///   - bytes: the whole text, valid UTF-8.
    ///   - base: where libyaml's text begins: behind the byte order mark.
    ///   - isASCII: whether every byte is a character.
    init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
        self.bytes = bytes
        self.base = base
        guard !isASCII else {
            checkpoints = []
            return
        }
        var table: [UInt32] = []
        table.reserveCapacity(bytes.count / Self.step + 1)
        var characters = 0
        for offset in base..<bytes.count where bytes[offset] & 0b1100_0000 != 0b1000_0000 {
            if characters % Self.step == 0 { table.append(UInt32(truncatingIfNeeded: offset)) }
            characters += 1
        }
        checkpoints = table
    }

    /// The byte offset of the character at an index counted from the base.
    func offset(_ index: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(base + index, bytes.count) }
        let slot = min(index / Self.step, checkpoints.count - 1)
        var offset = Int(checkpoints[slot])
        var left = index - slot * Self.step
        while left > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0b1100_0000 == 0b1000_0000 { offset += 1 }
            left -= 1
        }
        return offset
    }
}
