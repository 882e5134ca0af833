internal import Foundation

/// Names of records: the second, then the first characters of the content's hash, so that names sort by time and
/// two contents never share one.
extension RunFolder {
    /// Writes a record under a name of its own.
    ///
    /// Records are read in the order of their names, so one that follows another within a second takes the next
    /// second for its name. Another process may take a name between the look and the write, so the write itself
    /// decides.
    /// - Parameters:
    ///   - timestamp: when (UTC, ISO 8601); `nil` names the record by its content alone.
    ///   - content: the hash of the content.
    ///   - files: the record's files under the name that it gets.
    /// - Throws: `WorkflowError` (`RUN004`), and what `files` throws.
    static func write(
        in parent: URL, at timestamp: String?, content: String, _ files: (String) throws -> [String: [UInt8]]
    ) throws -> RunFolder {
        var stamp = timestamp.map { firstFree(Self.compact($0), in: parent) }
        var number = 1
        while true {
            let suffix = number == 1 ? nil : String(format: "%02d", number)
            let name = [stamp, String(content.prefix(8)), suffix].compactMap { $0 }.joined(separator: "-")
            let url = parent.appendingPathComponent(name)
            do {
                if !FileManager.default.fileExists(atPath: url.path) { return try write(try files(name), to: url) }
            } catch  where FileManager.default.fileExists(atPath: url.path) {
                // Another process took the name in between.
            }
            if let taken = stamp { stamp = next(taken) } else { number += 1 }
        }
    }

    /// The stamp, or the second after the newest record's where that is not before it.
    private static func firstFree(_ stamp: String, in parent: URL) -> String {
        let newest = all(in: parent).lazy.map { String($0.name.prefix(stamp.count)) }.last { date($0) != nil }
        guard let newest, newest >= stamp, isNear(newest, stamp) else { return stamp }
        return next(newest)
    }

    /// Whether a stamp of the future is due to records in quick succession: a clock that was wrong for hours once
    /// must not date all that follows.
    private static func isNear(_ newest: String, _ stamp: String) -> Bool {
        guard let newest = date(newest), let stamp = date(stamp) else { return false }
        return newest.timeIntervalSince(stamp) < 60
    }

    private static func next(_ stamp: String) -> String {
        guard let date = date(stamp) else { return stamp }
        return compact(date.addingTimeInterval(1).formatted(.iso8601))
    }

    /// `2026-11-21T09:30:00Z` as it stands in a folder's name.
    private static func compact(_ timestamp: String) -> String {
        timestamp.filter { $0 != "-" && $0 != ":" }
    }

    private static func date(_ stamp: String) -> Date? {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return try? Date(stamp, strategy: style)
    }
}
