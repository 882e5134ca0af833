/// The methods of numbers.
enum NumberMethods {
    static let integerNames: Set<String> = ["as_integer_ratio", "bit_count", "bit_length", "conjugate"]
    static let floatNames: Set<String> = ["as_integer_ratio", "conjugate", "hex", "is_integer"]

    static func call(_ name: String, _ number: Int, _ arguments: CallArguments, _ state: RenderState) throws -> Value {
        _ = try Methods.bind(.none, arguments, name, state)
        switch name {
        case "as_integer_ratio": return .tuple([.int(number), 1])
        case "bit_count": return .int(number.magnitude.nonzeroBitCount)
        case "bit_length": return .int(Int.bitWidth - number.magnitude.leadingZeroBitCount)
        default: return .int(number)
        }
    }

    static func call(_ name: String, _ number: Double, _ arguments: CallArguments, _ state: RenderState) throws
        -> Value
    {
        _ = try Methods.bind(.none, arguments, name, state)
        switch name {
        case "as_integer_ratio": return try ratio(number)
        case "hex": return .string(hexadecimal(number))
        case "is_integer": return .bool(number.isFinite && number.rounded() == number)
        default: return .double(number)
        }
    }

    private static func ratio(_ number: Double) throws -> Value {
        guard number.isFinite else {
            throw EvaluationError.value("cannot convert \(number.isNaN ? "NaN" : "Infinity") to integer ratio")
        }
        var numerator = number
        var denominator = 1
        while numerator.rounded() != numerator {
            let (doubled, overflowed) = denominator.multipliedReportingOverflow(by: 2)
            if overflowed { throw EvaluationError.value("the ratio does not fit 64-bit integers") }
            numerator *= 2
            denominator = doubled
        }
        guard let whole = Int(exactly: numerator) else {
            throw EvaluationError.value("the ratio does not fit 64-bit integers")
        }
        return .tuple([.int(whole), .int(denominator)])
    }

    private static func hexadecimal(_ number: Double) -> String {
        if !number.isFinite { return PythonText.float(number) }
        let sign = number.sign == .minus ? "-" : ""
        if number == 0 { return sign + "0x0.0p+0" }
        let isSubnormal = number.exponentBitPattern == 0
        let digits = String(number.significandBitPattern, radix: 16)
        let exponent = isSubnormal ? -1022 : Int(number.exponentBitPattern) - 1023
        return sign + (isSubnormal ? "0x0." : "0x1.") + String(repeating: "0", count: 13 - digits.utf8.count) + digits
            + "p" + (exponent < 0 ? "-" : "+") + String(exponent.magnitude)
    }
}
