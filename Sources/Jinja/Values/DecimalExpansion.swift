/// The exact decimal digits of a floating-point number, and their correct rounding (half to even, as Python).
struct DecimalExpansion {
    /// The digits without leading zeros, most significant first; empty for zero.
    private(set) var digits: [UInt8]
    /// The number of digits before the decimal point; negative where zeros follow the point.
    private(set) var pointPosition: Int

    /// Every digit of a finite number's magnitude.
    init(exactly value: Double) {
        let magnitude = value.magnitude
        guard magnitude > 0 else {
            digits = []
            pointPosition = 0
            return
        }
        // magnitude = significand * 2^exponent with an integer significand.
        let isSubnormal = magnitude.exponentBitPattern == 0
        let significand = magnitude.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        let exponent = (isSubnormal ? 1 : Int(magnitude.exponentBitPattern)) - 1075
        var number = Decimal(significand)
        // A negative power of two is a power of five behind the decimal point: 2^-n = 5^n / 10^n.
        number.multiply(by: exponent < 0 ? 5 : 2, times: abs(exponent))
        digits = number.digits
        pointPosition = digits.count - (exponent < 0 ? -exponent : 0)
    }

    /// The shortest digits that read back as the same number.
    init(shortest value: Double) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        let text = Array(value.magnitude.description.utf8)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            }
            if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte - 0x30) }
            index += 1
        }
        var position = (point ?? digits.count) + exponent
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        position -= zeros
        while digits.last == 0 { digits.removeLast() }
        self.digits = digits
        self.pointPosition = digits.isEmpty ? 0 : position
    }

    /// Keeps digits down to a number of places after the point (negative: before it).
    mutating func round(toPlaces places: Int) {
        round(keeping: pointPosition + places)
    }

    /// Keeps a number of leading digits.
    mutating func round(keeping count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            return
        }
        let dropped = digits[count...]
        let isAboveHalf =
            dropped.first.map { $0 > 5 || ($0 == 5 && dropped.dropFirst().contains { $0 != 0 }) } ?? false
        let isHalf = dropped.first == 5 && !isAboveHalf
        digits.removeLast(digits.count - count)
        if isAboveHalf || (isHalf && (digits.last ?? 0) % 2 == 1) { increment(count) }
    }

    private mutating func increment(_ count: Int) {
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
            pointPosition += 1
        }
    }

    /// The digit at a number of places right of the point (0 is the first), zero outside.
    func digit(afterPoint place: Int) -> UInt8 {
        let index = pointPosition + place
        return digits.indices.contains(index) ? digits[index] : 0
    }

    /// The digits before the point, "0" where there are none.
    var integerPart: String {
        guard pointPosition > 0, !digits.isEmpty else { return "0" }
        return Self.text((0..<pointPosition).map { $0 < digits.count ? digits[$0] : 0 })
    }

    /// A fixed number of digits after the point.
    func fractionPart(_ places: Int) -> String {
        Self.text((0..<max(0, places)).map { digit(afterPoint: $0) })
    }

    static func text(_ digits: some Sequence<UInt8>) -> String {
        String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
    }

    /// An unsigned integer of any size in base 10⁹, least significant first.
    private struct Decimal {
        private var limbs: [UInt32]

        init(_ value: UInt64) {
            limbs = [UInt32(value % 1_000_000_000), UInt32(value / 1_000_000_000 % 1_000_000_000)]
            if value >= 1_000_000_000_000_000_000 {
                limbs.append(UInt32(value / 1_000_000_000_000_000_000))
            }
        }

        mutating func multiply(by factor: UInt64, times: Int) {
            // Eight factors at a time still fit: 5^8 * 10^9 < 2^64.
            var remaining = times
            while remaining > 0 {
                let step = min(remaining, 8)
                let product = (0..<step).reduce(UInt64(1)) { result, _ in result * factor }
                var carry: UInt64 = 0
                for index in limbs.indices {
                    let value = UInt64(limbs[index]) * product + carry
                    limbs[index] = UInt32(value % 1_000_000_000)
                    carry = value / 1_000_000_000
                }
                while carry > 0 {
                    limbs.append(UInt32(carry % 1_000_000_000))
                    carry /= 1_000_000_000
                }
                remaining -= step
            }
        }

        var digits: [UInt8] {
            var result: [UInt8] = []
            for limb in limbs.reversed() {
                let text = String(limb)
                result += [UInt8](repeating: 0, count: 9 - text.utf8.count) + text.utf8.map { $0 - 0x30 }
            }
            return Array(result.drop { $0 == 0 })
        }
    }
}
