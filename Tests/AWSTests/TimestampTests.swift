import Foundation
import Testing

@testable import AWS

@Suite struct TimestampTests {
    @Test func agreesWithFoundationOverCenturies() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
        // A step of 37 days and some seconds meets every month, leap days and times of day.
        for step in stride(from: -800_000_000.0, to: 10_000_000_000, by: 37 * 86_400 + 4_321) {
            let date = Date(timeIntervalSince1970: step)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
            let civil = CivilTime(date)
            let mine = [civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second]
            #expect(mine == [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second])
            #expect(civil.date == date)
        }
    }

    @Test(arguments: [
        ("2025-01-31T10:20:30Z", 1_738_318_830.0), ("2025-01-31T10:20:30.250Z", 1_738_318_830.25),
        ("20250131T102030Z", 1_738_318_830.0), ("2025-01-31T11:20:30+01:00", 1_738_318_830.0),
        ("2025-01-31T05:20:30-0500", 1_738_318_830.0), ("2025-01-31T10:20:30UTC", 1_738_318_830.0),
        ("2024-02-29T23:59:59Z", 1_709_251_199.0),
    ])
    func readsISO8601(text: String, seconds: Double) {
        #expect(Timestamp.parseISO8601(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: [
        "", "2025-01-31", "2025-13-01T00:00:00Z", "2025-01-31T25:00:00Z", "soon", "2025-01-31T10:20:30Zx",
    ])
    func refusesOtherDates(text: String) {
        #expect(Timestamp.parseISO8601(text) == nil)
    }

    @Test func readsTheDateHeader() {
        #expect(Timestamp.parseHTTP("Fri, 31 Jan 2025 10:20:30 GMT")?.timeIntervalSince1970 == 1_738_318_830)
        #expect(Timestamp.parseHTTP("Fri, 31 Foo 2025 10:20:30 GMT") == nil)
        #expect(Timestamp.parseHTTP("Friday, 31-Jan-25 10:20:30 GMT") == nil)
    }

    @Test func writesBothForms() {
        let date = Date(timeIntervalSince1970: 1_738_318_830.9)
        #expect(Timestamp.basic(date) == "20250131T102030Z")
        #expect(Timestamp.extended(date) == "2025-01-31T10:20:30Z")
    }
}
