/// Filters that work on numbers.
enum NumberFilters {
    static let all: [FilterDefinition] = [
        FilterDefinition("abs", function: absolute),
        FilterDefinition(
            "round", [.optional("precision", 0), .optional("method", "common")], function: round),
        FilterDefinition("int", [.optional("default", 0), .optional("base", 10)], function: integer),
        FilterDefinition("float", [.optional("default", 0.0)], function: float),
        FilterDefinition("filesizeformat", [.optional("binary", false)], function: fileSize),
    ]

    private static func absolute(_ value: Value, _ arguments: Arguments) throws -> Value {
        switch value {
        case .int(.min):
            throw EvaluationError.value("the result of `abs` does not fit a 64-bit integer")
        case .int(let number): return .int(abs(number))
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .double(let number): return .double(number.magnitude)
        default: throw EvaluationError.type("bad operand type for abs(): '\(value.typeName)'")
        }
    }

    private static func round(_ value: Value, _ arguments: Arguments) throws -> Value {
        let precision = try arguments.integer(0)
        let method = try arguments.text(1)
        guard ["common", "ceil", "floor"].contains(method) else {
            throw EvaluationError.value("method must be common, ceil or floor")
        }
        if case .undefined(let undefined) = value { throw undefined.error }
        guard let number = value.number else {
            throw EvaluationError.type("type \(value.typeName) doesn't define __round__ method")
        }
        guard method == "common" else { return try directed(number.doubleValue, precision, method) }
        switch number {
        case .int(let int): return try rounded(int, precision)
        case .double(let double):
            guard double.isFinite else { return value }
            return .double(rounded(double, precision))
        }
    }

    private static func directed(_ number: Double, _ precision: Int, _ method: String) throws -> Value {
        let factor = FloatMath.power(10, Double(precision))
        let scaled = number * factor
        guard scaled.isFinite else {
            throw EvaluationError.value("cannot convert float infinity or NaN to integer")
        }
        // Python goes through an integer, which has no negative zero.
        return .double((scaled.rounded(method == "ceil" ? .up : .down) + 0.0) / factor)
    }

    /// The nearest number with that many digits after the point; of two the even one.
    static func rounded(_ number: Double, _ precision: Int) -> Double {
        guard precision < 330 else { return number }
        var expansion = DecimalExpansion(exactly: number)
        expansion.round(toPlaces: max(precision, -400))
        let digits = DecimalExpansion.text(expansion.digits)
        let exponent = expansion.pointPosition - expansion.digits.count
        let magnitude = digits.isEmpty ? 0 : Double("\(digits)e\(exponent)") ?? number.magnitude
        return number.sign == .minus ? -magnitude : magnitude
    }

    private static func rounded(_ number: Int, _ precision: Int) throws -> Value {
        guard precision < 0 else { return .int(number) }
        guard precision > -19 else { return 0 }
        let unit = (0..<(-precision)).reduce(1) { result, _ in result * 10 }
        var quotient = number / unit
        let rest = abs(number % unit)
        if rest > unit / 2 || (rest == unit / 2 && quotient % 2 != 0) {
            quotient += number < 0 ? -1 : 1
        }
        let (result, overflowed) = quotient.multipliedReportingOverflow(by: unit)
        if overflowed {
            throw EvaluationError.value("the result of `round` does not fit a 64-bit integer")
        }
        return .int(result)
    }

    private static func integer(_ value: Value, _ arguments: Arguments) throws -> Value {
        switch value {
        case .int: return value
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .double(let number):
            if number.isNaN { return arguments[0] }
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw EvaluationError.value("the number does not fit a 64-bit integer")
            }
            return .int(whole)
        case .string(let text), .markup(let text):
            if let base = arguments[1].integerValue, let number = NumberParsing.integer(text, base: base) {
                return .int(number)
            }
            guard let number = NumberParsing.float(text), number.isFinite else { return arguments[0] }
            return Int(exactly: number.rounded(.towardZero)).map { .int($0) } ?? arguments[0]
        case .undefined(let undefined): throw undefined.error
        default: return arguments[0]
        }
    }

    private static func float(_ value: Value, _ arguments: Arguments) throws -> Value {
        if let number = value.number { return .double(number.doubleValue) }
        if let text = value.stringValue {
            return NumberParsing.float(text).map { .double($0) } ?? arguments[0]
        }
        if case .undefined(let undefined) = value { throw undefined.error }
        return arguments[0]
    }

    private static let decimalUnits = [1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27]

    /// Python compares with the exact power; as a floating-point number 10²⁴ is a little below it.
    private static func isBelow(_ bytes: Double, _ unit: Double) -> Bool { unit == 1e24 ? bytes <= unit : bytes < unit }

    private static func fileSize(_ value: Value, _ arguments: Arguments) throws -> Value {
        guard let bytes = value.number?.doubleValue ?? value.stringValue.flatMap(NumberParsing.float)
        else {
            if case .undefined(let undefined) = value { throw undefined.error }
            throw EvaluationError.value(
                "could not convert \(try value.represented()) to a number of bytes")
        }
        let isBinary = try arguments.flag(0)
        let base = isBinary ? 1024.0 : 1000.0
        if bytes == 1 { return "1 Byte" }
        if bytes < base {
            guard bytes.isFinite else { throw EvaluationError.value("cannot convert float infinity to integer") }
            // Below any integer's range a float still has a whole number of digits.
            let whole = bytes.rounded(.towardZero) + 0.0
            return .string((whole < 0 ? "-" : "") + NumberFormat.fixed(whole.magnitude, 0) + " Bytes")
        }
        let letters = ["k", "M", "G", "T", "P", "E", "Z", "Y"]
        for (index, letter) in letters.enumerated() {
            let unit = isBinary ? FloatMath.power(2, Double(10 * (index + 2))) : decimalUnits[index]
            if isBelow(bytes, unit) || index == letters.count - 1 {
                let prefix = isBinary ? letter.uppercased() + "iB" : letter + "B"
                let amount = base * bytes / unit
                return .string((amount.isFinite ? NumberFormat.fixed(amount, 1) : "inf") + " " + prefix)
            }
        }
        return .none
    }
}

/// Numbers in text as Python's `int` and `float` read them.
enum NumberParsing {
    static func integer(_ text: String, base: Int) -> Int? {
        guard base == 0 || (2...36).contains(base) else { return nil }
        var digits = asciiDigits(Text.stripped(text, nil))
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
        digits = digits.lowercased()
        var radix = base == 0 ? 10 : base
        for (prefix, value) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            guard base == 0 || base == value else { continue }
            digits.removeFirst(2)
            radix = value
        }
        guard let plain = withoutUnderscores(digits), plain.first != "-", plain.first != "+" else {
            return nil
        }
        return Int((isNegative ? "-" : "") + plain, radix: radix)
    }

    static func float(_ text: String) -> Double? {
        let digits = asciiDigits(Text.stripped(text, nil)).lowercased()
        guard let plain = withoutUnderscores(digits) else { return nil }
        let unsigned = plain.hasPrefix("-") || plain.hasPrefix("+") ? String(plain.dropFirst()) : plain
        switch unsigned {
        case "inf", "infinity": return plain.hasPrefix("-") ? -.infinity : .infinity
        case "nan": return .nan
        default:
            // Hexadecimal floats are Swift's, not Python's.
            guard unsigned.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".e+-".utf8.contains($0) })
            else { return nil }
            if let value = Double(plain) { return value }
            // Python also reads a point without digits on one side.
            return Double(plain.replacingPoints)
        }
    }

    /// The text with the decimal digits of every script as those of ASCII.
    private static func asciiDigits(_ text: String) -> String {
        if Text.isASCII(text) { return text }
        return Text.string(
            text.unicodeScalars.map { scalar in
                guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else {
                    return scalar
                }
                return Unicode.Scalar(UInt8(0x30 + value))
            })
    }

    /// Single underscores between digits are ignored; any other makes the text no number.
    private static func withoutUnderscores(_ text: String) -> String? {
        guard text.contains("_") else { return text.isEmpty ? nil : text }
        guard !text.hasPrefix("_"), !text.hasSuffix("_"), !text.contains("__") else { return nil }
        return text.filter { $0 != "_" }
    }
}

extension String {
    /// `1.` and `.5` with the zero that is missing.
    fileprivate var replacingPoints: String {
        var result = ""
        let scalars = Array(unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isDigit = { (position: Int) in
                scalars.indices.contains(position) && ("0"..."9").contains(scalars[position])
            }
            guard scalar == "." else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard isDigit(index - 1) || isDigit(index + 1) else { return "" }
            result += (isDigit(index - 1) ? "" : "0") + "." + (isDigit(index + 1) ? "" : "0")
        }
        return result
    }
}
