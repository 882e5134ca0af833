public import Foundation

/// The date formats of AWS, in UTC and the Gregorian calendar, without any locale.
public enum Timestamp {
    /// `yyyyMMdd'T'HHmmss'Z'`, as signatures use it.
    static func basic(_ date: Date) -> String {
        let parts = CivilTime(date)
        return digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2) + "T"
            + digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2) + "Z"
    }

    /// `yyyy-MM-dd'T'HH:mm:ss'Z'`.
    static func extended(_ date: Date) -> String {
        let parts = CivilTime(date)
        return "\(digits(parts.year, 4))-\(digits(parts.month, 2))-\(digits(parts.day, 2))T"
            + "\(digits(parts.hour, 2)):\(digits(parts.minute, 2)):\(digits(parts.second, 2))Z"
    }

    /// Reads ISO 8601 as AWS writes it: `2025-01-31T10:20:30Z`, with an optional fraction, an optional
    /// offset (`+01:00`), and the basic form `20250131T102030Z`. Nil for anything else.
    public static func parseISO8601(_ text: String) -> Date? {
        let pattern =
            #/(\d{4})-?(\d{2})-?(\d{2})[T ](\d{2}):?(\d{2}):?(\d{2})(\.\d+)?(?:Z|UTC|([+-])(\d{2}):?(\d{2}))?/#
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let fields = [match.1, match.2, match.3, match.4, match.5, match.6].map { Int($0) ?? 0 }
        guard let date = CivilTime(fields: fields)?.date else { return nil }
        let fraction = match.7.flatMap { Double("0" + $0) } ?? 0
        let minutes = (Int(match.9 ?? "0") ?? 0) * 60 + (Int(match.10 ?? "0") ?? 0)
        let offset = Double(minutes * 60) * (match.8 == "-" ? -1 : 1)
        return date.addingTimeInterval(fraction - offset)
    }

    /// Reads the `Date` header of HTTP: `Fri, 31 Jan 2025 10:20:30 GMT`. Nil for anything else.
    static func parseHTTP(_ text: String) -> Date? {
        let pattern = #/\w{3}, (\d{1,2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT/#
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        guard let month = monthNames.firstIndex(of: String(match.2)) else { return nil }
        let numbers = [match.1, match.3, match.4, match.5, match.6].map { Int($0) ?? 0 }
        return CivilTime(fields: [numbers[1], month + 1, numbers[0], numbers[2], numbers[3], numbers[4]])?.date
    }

    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
