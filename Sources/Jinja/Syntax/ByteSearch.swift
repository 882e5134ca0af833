/// Searches in bytes, a word of eight at a time.
enum ByteSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The first place in a range of offsets that holds one of three bytes.
    static func first(of wanted: (UInt8, UInt8, UInt8), in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        bytes.withUnsafeBytes { all in
            let buffer = UnsafeRawBufferPointer(rebasing: all[..<min(end, all.count)])
            let isSingle = wanted.0 == wanted.1 && wanted.0 == wanted.2
            var index = max(0, start)
            if isSingle { index = skip(wanted.0, in: buffer, from: index) }
            while index < buffer.count {
                let byte = buffer[index]
                if byte == wanted.0 || byte == wanted.1 || byte == wanted.2 { return index }
                index += 1
            }
            return nil
        }
    }

    /// Skips words that do not hold a byte, four at a time.
    private static func skip(_ byte: UInt8, in buffer: UnsafeRawBufferPointer, from start: Int) -> Int {
        let pattern = ones &* UInt64(byte)
        var index = start
        while index + 32 <= buffer.count {
            let words = buffer.loadUnaligned(fromByteOffset: index, as: (UInt64, UInt64, UInt64, UInt64).self)
            let zeros = zeroBytes(words.0 ^ pattern) | zeroBytes(words.1 ^ pattern)
            if (zeros | zeroBytes(words.2 ^ pattern) | zeroBytes(words.3 ^ pattern)) != 0 { break }
            index += 32
        }
        while index + 8 <= buffer.count,
            zeroBytes(buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern) == 0
        {
            index += 8
        }
        return index
    }

    /// The first byte at or after an offset that is beyond ASCII, or the end.
    static func skipASCII(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let buffer = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= buffer.count,
            buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self) & highBits == 0
        {
            index += 8
        }
        while index < buffer.count, buffer[index] < 0x80 { index += 1 }
        return index
    }

    /// Not zero where any of eight bytes is.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }

    static func traits(of bytes: [UInt8]) -> ByteTraits {
        bytes.withUnsafeBytes { buffer in
            var union: UInt64 = 0
            var returns: UInt64 = 0
            var index = 0
            while index + 8 <= buffer.count {
                let word = buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                union |= word
                returns |= zeroBytes(word ^ (ones &* 0x0D))
                index += 8
            }
            var hasNonASCII = union & highBits != 0
            var hasCarriageReturn = returns != 0
            while index < buffer.count {
                hasNonASCII = hasNonASCII || buffer[index] >= 0x80
                hasCarriageReturn = hasCarriageReturn || buffer[index] == 0x0D
                index += 1
            }
            return ByteTraits(hasNonASCII: hasNonASCII, hasCarriageReturn: hasCarriageReturn)
        }
    }
}

/// What decides how much work reading a text needs.
struct ByteTraits {
    /// Whether any byte is beyond ASCII.
    let hasNonASCII: Bool
    /// Whether any byte is a carriage return.
    let hasCarriageReturn: Bool
}
