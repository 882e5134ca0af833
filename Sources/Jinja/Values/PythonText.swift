/// How Python writes numbers and quoted texts.
enum PythonText {
    /// `repr(float)`: the shortest digits, in positional form from 1e-4 up to 1e16.
    static func float(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let sign = value.sign == .minus ? "-" : ""
        let expansion = DecimalExpansion(shortest: value)
        guard !expansion.digits.isEmpty else { return sign + "0.0" }
        let exponent = expansion.pointPosition - 1
        guard exponent < -4 || exponent >= 16 else {
            let places = max(1, expansion.digits.count - expansion.pointPosition)
            return sign + expansion.integerPart + "." + expansion.fractionPart(places)
        }
        let first = DecimalExpansion.text(expansion.digits.prefix(1))
        let rest = DecimalExpansion.text(expansion.digits.dropFirst())
        return sign + first + (rest.isEmpty ? "" : "." + rest) + "e" + Self.exponent(exponent)
    }

    /// A sign and at least two digits.
    static func exponent(_ value: Int) -> String {
        let digits = String(value.magnitude)
        return (value < 0 ? "-" : "+") + (digits.utf8.count < 2 ? "0" + digits : digits)
    }

    /// `repr(str)`: single quotes unless the text holds some and no double quotes.
    static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
        var result = String.UnicodeScalarView()
        result.append(quote)
        for scalar in scalars { append(scalar, quote: quote, to: &result) }
        result.append(quote)
        return String(result)
    }

    /// `ascii(…)` of a value whose `repr` is given: everything beyond ASCII escaped.
    static func ascii(_ representation: String) -> String {
        representation.unicodeScalars.reduce(into: "") { $0 += $1.isASCII ? String($1) : escape($1) }
    }

    private static func append(
        _ scalar: Unicode.Scalar, quote: Unicode.Scalar, to result: inout String.UnicodeScalarView
    ) {
        switch scalar {
        case quote, "\\":
            result.append("\\")
            result.append(scalar)
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        case _ where scalar.isPrintable: result.append(scalar)
        default: result.append(contentsOf: escape(scalar).unicodeScalars)
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case ..<0x100: "\\x" + hexadecimal(scalar.value, digits: 2)
        case ..<0x1_0000: "\\u" + hexadecimal(scalar.value, digits: 4)
        default: "\\U" + hexadecimal(scalar.value, digits: 8)
        }
    }

    /// Lowercase hexadecimal digits, padded with zeros.
    static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
