/// Numbers in the forms of format specifications.
enum NumberFormat {
    /// An integer in decimal, hexadecimal, octal or binary.
    static func integer(_ value: Int, _ spec: FormatSpecification, _ state: RenderState) throws
        -> String
    {
        let (radix, prefix): (Int, String) =
            switch spec.type {
            case "x": (16, "0x")
            case "X": (16, "0X")
            case "o": (8, "0o")
            case "b": (2, "0b")
            default: (10, "")
            }
        var digits = String(value.magnitude, radix: radix, uppercase: spec.type == "X")
        if let precision = spec.precision, digits.utf8.count < precision {
            digits = String(repeating: "0", count: precision - digits.utf8.count) + digits
        }
        let sign = spec.signText(isNegative: value < 0) + (spec.isAlternate ? prefix : "")
        if let separator = spec.grouping {
            digits = grouped(
                digits, separator, by: radix == 10 ? 3 : 4, width: try spec.zeroPaddedWidth(without: sign, state))
        }
        return try spec.padded(digits, prefix: sign, default: ">", state)
    }

    /// Digits in groups, with zeros in front up to a width.
    static func grouped(_ digits: String, _ separator: Unicode.Scalar, by size: Int, width: Int = 0) -> String {
        var count = digits.utf8.count
        while count + (count - 1) / size < width { count += 1 }
        let zeros = repeatElement(Unicode.Scalar("0"), count: count - digits.utf8.count)
        let scalars = zeros + Text.scalars(digits)
        var result: [Unicode.Scalar] = []
        for (index, digit) in scalars.enumerated() {
            if index > 0, (scalars.count - index) % size == 0 { result.append(separator) }
            result.append(digit)
        }
        return Text.string(result)
    }

    /// A floating-point number in fixed, exponent, general or percent form.
    static func float(_ value: Double, _ spec: FormatSpecification, _ state: RenderState) throws
        -> String
    {
        let type = spec.type ?? (spec.precision == nil ? "r" : "n")
        var sign = spec.signText(isNegative: value.sign == .minus && !value.isNaN)
        guard value.isFinite else {
            let isUpper = type == "F" || type == "E" || type == "G"
            let name = value.isNaN ? "nan" : "inf"
            return try spec.padded(isUpper ? name.uppercased() : name, prefix: sign, default: ">", state)
        }
        let precision = spec.precision ?? 6
        try state.charge(bytes: precision)
        var body: String
        switch type {
        case "f", "F": body = fixed(value.magnitude, precision, keepsPoint: spec.isAlternate)
        case "%": body = fixed((value * 100).magnitude, precision, keepsPoint: spec.isAlternate) + "%"
        case "e", "E": body = exponential(value.magnitude, precision, keepsPoint: spec.isAlternate)
        case "r":
            body = PythonText.float(value.magnitude)
            if spec.isAlternate, !body.contains("."), let exponent = body.firstIndex(of: "e") {
                body.insert(".", at: exponent)
            }
        default:
            body = general(
                value.magnitude, max(1, precision), keepsPoint: spec.type == nil, spec.isAlternate)
        }
        if type == "E" || type == "G" { body = body.uppercased() }
        if spec.avoidsNegativeZero, sign == "-", isZero(body) { sign = spec.signText(isNegative: false) }
        if let separator = spec.grouping {
            let end = body.firstIndex { !$0.isNumber } ?? body.endIndex
            let rest = String(body[end...])
            let width = try spec.zeroPaddedWidth(without: sign + rest, state)
            body = grouped(String(body[..<end]), separator, by: 3, width: width) + rest
        }
        return try spec.padded(body, prefix: sign, default: ">", state)
    }

    /// Whether a printed number shows no digit but zeros before its exponent.
    private static func isZero(_ body: String) -> Bool {
        body.unicodeScalars.prefix { $0 != "e" && $0 != "E" }.allSatisfy { !("1"..."9").contains($0) }
    }

    /// A fixed number of digits after the point.
    /// - Parameter keepsPoint: whether the point is printed although no digit follows it.
    static func fixed(_ magnitude: Double, _ places: Int, keepsPoint: Bool = false) -> String {
        var expansion = DecimalExpansion(exactly: magnitude)
        expansion.round(toPlaces: places)
        return expansion.integerPart + (places > 0 || keepsPoint ? "." + expansion.fractionPart(places) : "")
    }

    /// One digit, a fixed number of digits after the point, and an exponent.
    static func exponential(_ magnitude: Double, _ places: Int, keepsPoint: Bool = false) -> String {
        var expansion = DecimalExpansion(exactly: magnitude)
        expansion.round(keeping: places + 1)
        let exponent = expansion.digits.isEmpty ? 0 : expansion.pointPosition - 1
        let digits = (0...places).map { $0 < expansion.digits.count ? expansion.digits[$0] : 0 }
        let fraction = places > 0 || keepsPoint ? "." + DecimalExpansion.text(digits.dropFirst()) : ""
        return DecimalExpansion.text(digits.prefix(1)) + fraction + "e" + PythonText.exponent(exponent)
    }

    /// Fixed or exponential, whichever suits, without trailing zeros.
    private static func general(
        _ magnitude: Double, _ digits: Int, keepsPoint: Bool, _ isAlternate: Bool
    ) -> String {
        var expansion = DecimalExpansion(exactly: magnitude)
        expansion.round(keeping: digits)
        let exponent = expansion.digits.isEmpty ? 0 : expansion.pointPosition - 1
        // Without a type Python switches to the exponent one digit earlier, and always shows a point.
        let limit = keepsPoint ? digits - 1 : digits
        if exponent < -4 || exponent >= limit {
            let text = exponential(magnitude, digits - 1, keepsPoint: isAlternate)
            guard !isAlternate, let mark = text.firstIndex(of: "e") else { return text }
            return trimmed(String(text[..<mark])) + text[mark...]
        }
        let text = fixed(magnitude, max(0, digits - 1 - exponent), keepsPoint: isAlternate)
        if isAlternate { return text }
        let short = trimmed(text)
        return keepsPoint && !short.contains(".") ? short + ".0" : short
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        var result = Substring(text)
        while result.last == "0" { result.removeLast() }
        if result.last == "." { result.removeLast() }
        return String(result)
    }
}
