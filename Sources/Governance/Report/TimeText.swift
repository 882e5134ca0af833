/// Times of a simulation as people write them: `00:10` (hours and minutes), `90s`, `1h30m`, `2d`.
public enum TimeText {
    /// Milliseconds of a text; `nil` for a text that is no time.
    public static func milliseconds(_ text: String) -> Int64? {
        if text.contains(":") { return clock(text) }
        if let seconds = Double(text) { return limited(seconds * 1000) }
        let units = ["ms": 1.0, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        var (rest, total) = (Substring(text), 0.0)
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let number = Double(digits), let factor = units[String(unit)] else { return nil }
            total += number * factor
        }
        return limited(total)
    }

    /// A text of a time: `00:10`, `00:10:30`, `1d 02:00`.
    public static func clock(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        var text = two(seconds / 3600 % 24) + ":" + two(seconds / 60 % 60)
        if seconds % 60 != 0 { text += ":" + two(seconds % 60) }
        return seconds >= 86_400 ? "\(seconds / 86_400)d " + text : text
    }

    /// A text of a span of time: `0s`, `45s`, `12m`, `1h30m`, `2d4h`.
    public static func span(_ milliseconds: Int64) -> String {
        let seconds = (milliseconds + 500) / 1000
        if seconds < 60 { return "\(seconds)s" }
        let minutes = (seconds + 30) / 60
        if minutes < 60 { return "\(minutes)m" }
        if minutes < 1440 { return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes / 60)h\(minutes % 60)m" }
        return minutes / 60 % 24 == 0 ? "\(minutes / 1440)d" : "\(minutes / 1440)d\(minutes / 60 % 24)h"
    }

    private static func clock(_ text: String) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard (2...3).contains(parts.count), parts.allSatisfy({ ($0 ?? -1) >= 0 }) else { return nil }
        let numbers = parts.compactMap { $0 }
        guard numbers[0] < 1_000_000, numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        return (numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)) * 1000
    }

    /// A hundred years are enough, and sums of them still fit.
    private static func limited(_ milliseconds: Double) -> Int64? {
        milliseconds >= 0 && milliseconds <= 3.2e12 ? Int64(milliseconds.rounded()) : nil
    }
}
