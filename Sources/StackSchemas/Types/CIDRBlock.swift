/// A range of IPv4 addresses: `10.192.0.0/16`.
public struct CIDRBlock: TextValue, Comparable {
    /// What such texts look like.
    public static let format = TextFormat(
        "a CIDR block", pattern: #"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$"#,
        rule: "four numbers of 0 to 255 and a prefix length of 0 to 32", example: "10.192.0.0/16")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written; `nil` for a block that was computed.
    private let written: String?
    /// The address as a number, with whatever bits stand behind the prefix.
    public let address: UInt32
    /// The number of leading bits that all addresses share, 0 to 32.
    public let prefixLength: Int

    /// Holds a text that is known to have the format.
    public init(text: String) {
        self.written = text
        var address: UInt32 = 0
        var length: Int?
        var number = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = min(number * 10 + Int(byte - UInt8(ascii: "0")), 1_000)
            default:
                address = address << 8 | UInt32(min(number, 255))
                number = 0
                if byte == UInt8(ascii: "/") { length = 0 }
            }
        }
        if length == nil { address = address << 8 | UInt32(min(number, 255)) }
        self.address = address
        self.prefixLength = length == nil ? 32 : min(number, 32)
    }

    /// The block of an address and a prefix length; bits behind the prefix are cleared.
    public init(address: UInt32, prefixLength: Int) {
        let length = min(max(prefixLength, 0), 32)
        self.prefixLength = length
        self.address = address & Self.mask(length)
        self.written = nil
    }

    /// The text as written, or the numbers of a block that was computed: most of these are never shown.
    public var text: String {
        if let written { return written }
        let parts = stride(from: UInt32(24), through: 0, by: -8).map { String(address >> $0 & 255) }
        return parts.joined(separator: ".") + "/\(prefixLength)"
    }

    /// The same text.
    public static func == (first: CIDRBlock, second: CIDRBlock) -> Bool {
        guard first.address == second.address, first.prefixLength == second.prefixLength else { return false }
        return first.written == nil && second.written == nil || first.text == second.text
    }

    /// Equal texts have equal numbers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(address)
        hasher.combine(prefixLength)
    }

    /// Numbers have to fit.
    public static func problem(in text: String) -> String? {
        let parts = text.utf8.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
        let numbers = parts.map { Int(Substring($0)) ?? .max }
        if let large = numbers.prefix(4).first(where: { $0 > 255 }) { return "\(large) is more than 255" }
        if let length = numbers.last, length > 32 { return "the prefix length \(length) is more than 32" }
        let hasLeadingZero = parts.contains { $0.count > 1 && $0.first == UInt8(ascii: "0") }
        return hasLeadingZero ? "a number begins with 0" : nil
    }

    private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length) }

    /// Orders by address, then by size, larger first.
    public static func < (first: CIDRBlock, second: CIDRBlock) -> Bool {
        (first.address, first.prefixLength) < (second.address, second.prefixLength)
    }
}

extension CIDRBlock {
    /// The same block with the bits behind the prefix cleared.
    public var canonical: CIDRBlock { CIDRBlock(address: address, prefixLength: prefixLength) }

    /// Whether no bit is set behind the prefix.
    public var isCanonical: Bool { address == firstAddress }

    /// The address with the bits behind the prefix cleared.
    private var firstAddress: UInt32 { address & Self.mask(prefixLength) }

    /// The number of addresses.
    public var addressCount: Int { 1 << (32 - prefixLength) }

    /// The addresses that instances can have: AWS reserves five of every subnet (AWS docs: Subnet sizing).
    public var usableAddressCount: Int { max(0, addressCount - 5) }

    /// Whether every address of another block lies in this one.
    public func contains(_ other: CIDRBlock) -> Bool {
        prefixLength <= other.prefixLength && other.address & Self.mask(prefixLength) == firstAddress
    }

    /// Whether the two have an address in common.
    public func overlaps(_ other: CIDRBlock) -> Bool { contains(other) || other.contains(self) }

    /// A block of a longer prefix inside this one, counted from 0; `nil` where there is none.
    public func subnet(_ index: Int, prefixLength length: Int) -> CIDRBlock? {
        guard length >= prefixLength, length <= 32, index >= 0, index < 1 << (length - prefixLength) else { return nil }
        return CIDRBlock(address: firstAddress + UInt32(index) << UInt32(32 - length), prefixLength: length)
    }

    /// Whether all addresses are private (RFC 1918).
    public var isPrivate: Bool { Self.privateRanges.contains { $0.contains(self) } }

    /// The private ranges of RFC 1918.
    public static let privateRanges: [CIDRBlock] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

    /// The range for carrier-grade translation (RFC 6598), which any private VPC may add.
    public static let sharedRange: CIDRBlock = "100.64.0.0/10"
}
