/// Hashes of texts, for names and keys of mappings.
///
/// A name of a template is hashed once, when the template is compiled; a key once, when it goes into a mapping. The
/// seed differs from process to process, so that nobody can prepare keys that collide.
enum TextHash {
    private static let seed = UInt64.random(in: .min ... .max)

    /// The hash of the bytes of a text.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var rest = UnsafeRawBufferPointer(bytes)
        var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        while rest.count > 8 {
            hash = mixed(hash, rest.loadUnaligned(as: UInt64.self))
            rest = UnsafeRawBufferPointer(rebasing: rest[8...])
        }
        var last: UInt64 = 0
        for byte in rest { last = last << 8 | UInt64(byte) }
        return Int(truncatingIfNeeded: mixed(hash, last))
    }

    /// The hash of a text.
    static func hash(_ text: String) -> Int { text.withBytes { hash($0) } }

    /// The hash of a number, by its bits.
    static func hash(_ bits: UInt64) -> Int { Int(truncatingIfNeeded: mixed(seed, bits)) }

    /// The hash of two things by the hashes of each.
    static func combined(_ first: Int, _ second: Int) -> Int {
        Int(truncatingIfNeeded: mixed(UInt64(truncatingIfNeeded: first), UInt64(truncatingIfNeeded: second)))
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: word ^ 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
