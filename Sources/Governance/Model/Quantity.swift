/// Kubernetes quantities as whole numbers: thousandths of a processor for `cpu`, whole units for everything else.
///
/// Kueue computes with the same numbers, and rounds fractions of a unit up (kubernetes-sigs/kueue:
/// pkg/resources/requests.go).
public enum Quantity {
    /// The amount of a resource that a text names: `4`, `500m`, `1.5`, `2Gi`, `1e3`.
    /// - Returns: `nil` for a text that is no quantity, and for one that does not fit in 63 bits.
    public static func amount(_ text: String, of resource: String) -> Int64? {
        var rest = Substring(text).utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard let (digits, fractionDigits) = number(&rest), var factor = suffix(rest) else { return nil }
        if resource == "cpu" { factor.exponent10 += 3 }
        factor.exponent10 -= fractionDigits
        guard let value = scaled(digits, factor) else { return nil }
        return isNegative ? -value : value
    }

    /// The text that Kubernetes writes for an amount: `3`, `500m`, `2Gi`, `1k`.
    public static func text(_ amount: Int64, of resource: String) -> String {
        if resource == "cpu" {
            return amount % 1000 == 0 ? reduced(amount / 1000, by: 1000, decimalSuffixes) : "\(amount)m"
        }
        return isBinary(resource)
            ? reduced(amount, by: 1024, binarySuffixes) : reduced(amount, by: 1000, decimalSuffixes)
    }

    private static let decimalSuffixes = ["", "k", "M", "G", "T", "P", "E"]
    private static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

    private static func isBinary(_ resource: String) -> Bool {
        resource == "memory" || resource == "ephemeral-storage" || resource.hasPrefix("hugepages-")
    }

    private static func reduced(_ amount: Int64, by base: Int64, _ suffixes: [String]) -> String {
        var (value, step) = (amount, 0)
        while value != 0, value % base == 0, step + 1 < suffixes.count {
            value /= base
            step += 1
        }
        return "\(value)\(suffixes[step])"
    }

    /// Digits without the point, and how many of them stood behind it.
    private static func number(_ rest: inout Substring.UTF8View.SubSequence) -> (UInt64, Int)? {
        var (digits, fraction, count) = (UInt64(0), 0, 0)
        var isBehindPoint = false
        while let byte = rest.first {
            if byte == UInt8(ascii: "."), !isBehindPoint {
                isBehindPoint = true
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                let (product, tooBig) = digits.multipliedReportingOverflow(by: 10)
                let (sum, tooBigSum) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
                guard !tooBig, !tooBigSum else { return nil }
                digits = sum
                count += 1
                if isBehindPoint { fraction += 1 }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        return count > 0 ? (digits, fraction) : nil
    }

    private struct Factor {
        var exponent10 = 0
        var exponent2 = 0
    }

    private static func suffix(_ rest: Substring.UTF8View.SubSequence) -> Factor? {
        let text = String(decoding: rest, as: UTF8.self)
        if let step = binarySuffixes.firstIndex(of: text) { return Factor(exponent2: 10 * step) }
        if let step = decimalSuffixes.firstIndex(of: text) { return Factor(exponent10: 3 * step) }
        if let step = ["m", "u", "n"].firstIndex(of: text) { return Factor(exponent10: -3 * (step + 1)) }
        guard let mark = text.first, mark == "e" || mark == "E", let exponent = Int(text.dropFirst()),
            abs(exponent) < 40
        else { return nil }
        return Factor(exponent10: exponent)
    }

    /// `digits · 10^e · 2^f`, rounded up.
    private static func scaled(_ digits: UInt64, _ factor: Factor) -> Int64? {
        guard digits > 0 else { return 0 }
        var (value, divisor) = (digits, UInt64(1))
        for _ in 0..<max(0, factor.exponent10) {
            guard case (let product, false) = value.multipliedReportingOverflow(by: 10) else { return nil }
            value = product
        }
        for _ in 0..<max(0, -factor.exponent10) {
            if value % 10 == 0 {
                value /= 10
            } else if case (let product, false) = divisor.multipliedReportingOverflow(by: 10) {
                divisor = product
            } else {
                return 1
            }
        }
        for _ in 0..<factor.exponent2 {
            if divisor % 2 == 0 {
                divisor /= 2
            } else if case (let product, false) = value.multipliedReportingOverflow(by: 2) {
                value = product
            } else {
                return nil
            }
        }
        return Int64(exactly: value / divisor + (value % divisor == 0 ? 0 : 1))
    }
}
