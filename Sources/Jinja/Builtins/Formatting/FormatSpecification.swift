/// How one value is laid out: Python's format mini-language, which `%` formatting shares.
struct FormatSpecification {
    var fill: Unicode.Scalar = " "
    var alignment: Unicode.Scalar?
    var sign: Unicode.Scalar?
    /// Prints a negative number that rounds to zero without its sign.
    var avoidsNegativeZero = false
    var isAlternate = false
    var width = 0
    var grouping: Unicode.Scalar?
    var precision: Int?
    var type: Unicode.Scalar?

    init() {}

    /// Reads a specification such as `>10`, `+.2f` or `_^20s`.
    /// - Parameter zeroAlignment: how a width that begins with a zero aligns where nothing else says it.
    init(_ text: String, zeroAlignment: Unicode.Scalar? = "=") throws {
        var scalars = Text.scalars(text)[...]
        var hasFill = false
        if scalars.count > 1, Self.isAlignment(scalars[scalars.startIndex + 1]) {
            fill = scalars.removeFirst()
            alignment = scalars.removeFirst()
            hasFill = true
        } else if let first = scalars.first, Self.isAlignment(first) {
            alignment = scalars.removeFirst()
        }
        if let first = scalars.first, "+- ".unicodeScalars.contains(first) { sign = scalars.removeFirst() }
        avoidsNegativeZero = Self.take("z", &scalars)
        isAlternate = Self.take("#", &scalars)
        if !hasFill, Self.take("0", &scalars) {
            fill = "0"
            if alignment == nil { alignment = zeroAlignment }
        }
        width = try Self.number(&scalars) ?? 0
        try readGrouping(&scalars)
        if Self.take(".", &scalars) {
            precision = try Self.number(&scalars)
            if precision == nil { throw EvaluationError.value("Format specifier missing precision") }
        }
        type = scalars.popFirst()
        if !scalars.isEmpty { throw EvaluationError.value("Invalid format specifier '\(text)'") }
    }

    private mutating func readGrouping(_ scalars: inout ArraySlice<Unicode.Scalar>) throws {
        guard let first = scalars.first, first == "," || first == "_" else { return }
        grouping = scalars.removeFirst()
        if let second = scalars.first, second == "," || second == "_" {
            let what = first == second ? "'\(first)' with '\(first)'" : "both ',' and '_'"
            throw EvaluationError.value("Cannot specify \(what).")
        }
    }

    private static func isAlignment(_ scalar: Unicode.Scalar) -> Bool { "<>=^".unicodeScalars.contains(scalar) }

    private static func take(_ scalar: Unicode.Scalar, _ scalars: inout ArraySlice<Unicode.Scalar>) -> Bool {
        guard scalars.first == scalar else { return false }
        scalars.removeFirst()
        return true
    }

    /// Digits at the beginning of a text.
    static func number(_ scalars: inout ArraySlice<Unicode.Scalar>) throws -> Int? {
        var value: Int?
        while let digit = scalars.first.flatMap({ ("0"..."9").contains($0) ? Int($0.value) - 48 : nil }) {
            value = (value ?? 0) * 10 + digit
            if value ?? 0 > 1_000_000 {
                throw EvaluationError.value("the width of a format is too large")
            }
            scalars.removeFirst()
        }
        return value
    }

    /// Lays out a text within the width.
    func padded(
        _ text: String, prefix: String = "", default alignment: Unicode.Scalar, _ state: RenderState
    ) throws -> String {
        let missing = width - Text.length(text) - prefix.utf8.count
        guard missing > 0 else { return prefix + text }
        try state.charge(repeating: UTF8.width(fill), times: missing)
        func filling(_ count: Int) -> String { String(repeating: String(fill), count: count) }
        switch self.alignment ?? alignment {
        case "<": return prefix + text + filling(missing)
        case "^": return filling(missing / 2) + prefix + text + filling(missing - missing / 2)
        case "=": return prefix + filling(missing) + text
        default: return filling(missing) + prefix + text
        }
    }

    /// The width that zeros between sign and digits have to fill beside other parts.
    func zeroPaddedWidth(without parts: String, _ state: RenderState) throws -> Int {
        guard fill == "0", alignment == "=" else { return 0 }
        try state.charge(bytes: width)
        return width - parts.utf8.count
    }

    /// The sign to print before a magnitude.
    func signText(isNegative: Bool) -> String {
        if isNegative { return "-" }
        return sign.flatMap { $0 == "-" ? nil : String($0) } ?? ""
    }
}
