/// How one value is laid out: Python's format mini-language, which `%` formatting shares.
struct FormatSpecification {
    var fill: Unicode.Scalar = " "
    var alignment: Unicode.Scalar?
    var sign: Unicode.Scalar = "-"
    var isAlternate = false
    var width = 0
    var grouping: Unicode.Scalar?
    var precision: Int?
    var type: Unicode.Scalar?

    init() {}

    /// Reads a specification such as `>10`, `+.2f` or `_^20s`.
    init(_ text: String) throws {
        var scalars = Text.scalars(text)[...]
        if scalars.count > 1, "<>=^".unicodeScalars.contains(scalars[scalars.startIndex + 1]) {
            fill = scalars.removeFirst()
            alignment = scalars.removeFirst()
        } else if let first = scalars.first, "<>=^".unicodeScalars.contains(first) {
            alignment = scalars.removeFirst()
        }
        if let first = scalars.first, "+- ".unicodeScalars.contains(first) {
            sign = scalars.removeFirst()
        }
        if scalars.first == "#" {
            isAlternate = true
            scalars.removeFirst()
        }
        if scalars.first == "0" {
            if alignment == nil {
                fill = "0"
                alignment = "="
            }
            scalars.removeFirst()
        }
        width = try Self.number(&scalars) ?? 0
        if let first = scalars.first, first == "," || first == "_" { grouping = scalars.removeFirst() }
        if scalars.first == "." {
            scalars.removeFirst()
            precision = try Self.number(&scalars)
            if precision == nil { throw EvaluationError.value("Format specifier missing precision") }
        }
        type = scalars.popFirst()
        if !scalars.isEmpty { throw EvaluationError.value("Invalid format specifier") }
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

    /// The sign to print before a magnitude.
    func signText(isNegative: Bool) -> String {
        if isNegative { return "-" }
        return sign == "-" ? "" : String(sign)
    }
}
