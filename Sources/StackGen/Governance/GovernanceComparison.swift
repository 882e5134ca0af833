internal import Diagnostics
public import Foundation
internal import Governance

/// Several simulations of the same jobs, a row each.
public struct GovernanceComparison: Sendable {
    /// One simulation.
    public struct Row: Encodable, Sendable {
        /// What is special about it.
        public var name: String
        /// Each team's numbers, in the order of the teams.
        public var teams: [Team]
    }

    /// A team's numbers.
    public struct Team: Encodable, Sendable {
        /// The team.
        public var name: String
        /// Hours used of what it owns, and above.
        public var guaranteed, borrowed: Double
        /// How often its jobs were evicted, and how many are done.
        public var evictions, finished: Int
        /// The average time that its jobs waited, in seconds.
        public var meanWait: Double
        /// The longest.
        public var longestWait: Double
    }

    /// The rows; the first is what the others are compared with.
    public let rows: [Row]

    /// Two simulations.
    public init(_ name: String, _ run: GovernanceSimulation, _ otherName: String, _ other: GovernanceSimulation) {
        rows = [Self.row(name, run), Self.row(otherName, other)]
    }

    private init(rows: [Row]) { self.rows = rows }

    private static func row(_ name: String, _ run: GovernanceSimulation) -> Row {
        let waits = WaitingTimes.byTeam(run.input, run.result)
        return Row(
            name: name,
            teams: zip(run.result.teams, waits).map { hours, waits in
                Team(
                    name: waits.name, guaranteed: hours.guaranteed, borrowed: hours.borrowed,
                    evictions: hours.evictions,
                    finished: waits.finished, meanWait: waits.mean, longestWait: waits.longest)
            })
    }

    /// Simulates a configuration with several values at one place.
    /// - Parameter text: a path with values: `…=0..200/25`, or `…=0,50,100`.
    /// - Throws: `WorkflowError` (usage) for a text that is no sweep, and what `GovernanceSimulation.run` throws.
    public static func sweep(
        _ project: Project, _ options: GovernanceSimulation.Options, _ text: String
    ) throws -> GovernanceComparison {
        guard let sign = text.lastIndex(of: "="), let values = values(text[text.index(after: sign)...]) else {
            throw WorkflowError(
                .usage, "`\(text)` is no sweep",
                advice: ["write PATH=FIRST..LAST/STEP or PATH=VALUE,VALUE, with at most 200 values"])
        }
        let config = try project.config()
        return GovernanceComparison(
            rows: try values.map { value in
                var options = options
                options.changes.append("\(text[..<sign])=\(value)")
                return row("\(value)", try GovernanceSimulation.run(config, options))
            })
    }

    private static func values(_ text: Substring) -> [String]? {
        guard let dots = text.range(of: "..") else {
            let listed = text.split(separator: ",").map(String.init)
            return listed.isEmpty || listed.count > 200 ? nil : listed
        }
        let ends = text[dots.upperBound...].split(separator: "/").map(String.init)
        guard let first = Int(text[..<dots.lowerBound]), let last = ends.first.flatMap({ Int($0) }), first <= last,
            let step = ends.count > 1 ? Int(ends[1]) : 1, step > 0, (last - first) / step < 200
        else { return nil }
        return stride(from: first, through: last, by: step).map(String.init)
    }

    /// A table, with the difference to the first row.
    public var text: String {
        var lines = [["CASE", "TEAM", "GUARANTEED", "BORROWED", "EVICTED", "DONE", "MEAN WAIT", "LONGEST"]]
        for (place, row) in rows.enumerated() {
            for team in row.teams {
                let first = place > 0 ? rows[0].teams.first { $0.name == team.name } : nil
                lines.append([
                    row.name, team.name, Self.number(team.guaranteed, first?.guaranteed),
                    Self.number(team.borrowed, first?.borrowed),
                    "\(team.evictions)" + Self.change(Double(team.evictions - (first?.evictions ?? team.evictions)), 0),
                    "\(team.finished)" + Self.change(Double(team.finished - (first?.finished ?? team.finished)), 0),
                    TimeText.span(Int64(team.meanWait * 1000)), TimeText.span(Int64(team.longestWait * 1000)),
                ])
            }
        }
        let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            var text = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(
                separator: "  ")
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }.joined()
    }

    private static func number(_ value: Double, _ first: Double?) -> String {
        String(format: "%.1f", value) + change(value - (first ?? value), 1)
    }

    private static func change(_ difference: Double, _ digits: Int) -> String {
        abs(difference) < 0.05 ? "" : " (" + String(format: "%+.\(digits)f", difference) + ")"
    }

    /// The rows for machines.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return try encoder.encode(["rows": rows]) + [UInt8(ascii: "\n")]
    }
}
