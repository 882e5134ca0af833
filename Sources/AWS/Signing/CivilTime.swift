import Foundation

/// A moment as year, month, day, hour, minute and second in UTC, by arithmetic alone.
struct CivilTime: Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    /// Splits a moment; the fraction of a second is dropped.
    init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let dayNumber = Self.floorDivide(seconds, 86_400)
        let rest = seconds - dayNumber * 86_400

        // Eras of 400 years that begin on 1 March, so that the leap day is the last day of a year.
        let shifted = dayNumber + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153

        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// Takes year, month, day, hour, minute and second; nil when a field is out of its range or the month has no such
    /// day.
    init?(fields: [Int]) {
        guard fields.count == 6, (1...9_999).contains(fields[0]), (1...12).contains(fields[1]) else { return nil }
        guard (1...31).contains(fields[2]), (0...23).contains(fields[3]) else { return nil }
        guard (0...59).contains(fields[4]), (0...60).contains(fields[5]) else { return nil }
        (year, month, day) = (fields[0], fields[1], fields[2])
        (hour, minute, second) = (fields[3], fields[4], fields[5])
        guard CivilTime(date).day == day || (hour, minute, second) == (23, 59, 60) else { return nil }
    }

    /// The moment.
    var date: Date {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Self.floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let dayNumber = era * 146_097 + dayOfEra - 719_468
        return Date(timeIntervalSince1970: Double(dayNumber * 86_400 + hour * 3_600 + minute * 60 + second))
    }

    private static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
        dividend >= 0 ? dividend / divisor : (dividend - divisor + 1) / divisor
    }
}
