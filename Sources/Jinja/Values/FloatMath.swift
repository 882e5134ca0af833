#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Floating-point operations with Python's rules for signs.
enum FloatMath {
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
