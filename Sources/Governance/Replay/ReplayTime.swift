internal import Foundation

/// Times of a replay: only their order counts.
enum ReplayTime {
    /// Seconds of any beginning: of a number, a date (`2026-01-02T03:04:05Z`) or a span of time (`-5m`, `1h30m`).
    static func seconds(_ node: ReplayNode) throws -> Double {
        if let number = node.value.number { return number }
        guard let text = node.value.text else { throw node.problem("a time is needed here") }
        if let seconds = span(text) { return seconds }
        for options in [
            ISO8601DateFormatter.Options.withInternetDateTime, [.withInternetDateTime, .withFractionalSeconds],
        ] {
            let formatter = ISO8601DateFormatter()
            formatter.formatOptions = options
            if let date = formatter.date(from: text) { return date.timeIntervalSince1970 }
        }
        throw node.problem(
            "`\(text)` is no time; write seconds, a date such as 2026-01-02T03:04:05Z, or a span such as 5m")
    }

    private static func span(_ text: String) -> Double? {
        let units = ["ms": 0.001, "s": 1.0, "m": 60, "h": 3600, "d": 86_400]
        var rest = Substring(text)
        let sign: Double = rest.first == "-" ? -1 : 1
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let factor = units[String(unit)] else { return nil }
            total += number * factor
        }
        return text.isEmpty ? nil : sign * total
    }

    /// Numbers in the order of times.
    static func ranks(_ times: [Double?]) -> [Int64?] {
        let sorted = Set(times.compactMap { $0 }).sorted()
        let ranks = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, Int64($0)) })
        return times.map { $0.flatMap { ranks[$0] } }
    }
}
