#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Floating-point operations with Python's rules for signs.
enum FloatMath {
    /// `one / two` of integers, rounded once. Integers beyond 53 bits are no floating-point numbers of their own, so
    /// they are divided as integers: 64 bits of quotient, of which the last tells whether anything is left.
    static func quotient(_ one: Int, _ two: Int) -> Double {
        let exact = UInt(1) << 53
        let (dividend, divisor) = (one.magnitude, two.magnitude)
        if dividend <= exact && divisor <= exact { return Double(one) / Double(two) }
        if dividend == 0 { return Double(signOf: two < 0 ? -1 : 1, magnitudeOf: 0) }
        let shift = dividend.leadingZeroBitCount
        // The dividend times 2^(shift + 64), less the part of the quotient that is beyond 64 bits.
        let high = dividend << UInt(shift)
        let whole = high / divisor
        let (fraction, rest) = divisor.dividingFullWidth((high % divisor, 0))
        let bits = 64 - whole.leadingZeroBitCount
        // `whole` and `fraction` in a row, cut to 64 bits.
        let lost = bits == 64 ? fraction : fraction & (UInt(1) << UInt(bits) &- 1)
        let head = bits == 64 ? whole : (whole << UInt(64 - bits)) | (bits == 0 ? fraction : fraction >> UInt(bits))
        let sticky: UInt = rest != 0 || (bits > 0 && lost != 0) ? 1 : 0
        let magnitude = Double(sign: .plus, exponent: bits - 64 - shift, significand: Double(head | sticky))
        return (one < 0) != (two < 0) ? -magnitude : magnitude
    }

    /// `one ** two`.
    static func power(_ one: Double, _ two: Double) -> Double { pow(one, two) }

    /// `one % two`: the result has the sign of the divisor.
    static func modulo(_ one: Double, _ two: Double) -> Double {
        var rest = one.truncatingRemainder(dividingBy: two)
        if rest == 0 { return Double(signOf: two, magnitudeOf: 0) }
        if (rest < 0) != (two < 0) { rest += two }
        return rest
    }

    /// `one // two`.
    static func floorDivision(_ one: Double, _ two: Double) -> Double {
        let rest = one.truncatingRemainder(dividingBy: two)
        var quotient = (one - rest) / two
        if rest != 0, (rest < 0) != (two < 0) { quotient -= 1 }
        if quotient == 0 { return Double(signOf: one / two, magnitudeOf: 0) }
        let floored = quotient.rounded(.down)
        return quotient - floored > 0.5 ? floored + 1 : floored
    }
}
