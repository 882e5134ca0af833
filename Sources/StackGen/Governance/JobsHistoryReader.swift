internal import Diagnostics
internal import Foundation
internal import Governance
internal import StackSchemas

/// Reads a history of jobs: comma-separated, a job a line, the first line naming the columns.
///
/// Columns: `name` (a number where missing), `team`, `class`, `submitted` (a date, or a time as in jobs files; dates
/// count from the first one), `duration`, `instance_type`, and `nodes`, or `pods` with `accelerators`, `vcpu`,
/// `memory_gib`.
enum JobsHistoryReader {
    private static let columns = [
        "name", "team", "class", "submitted", "duration", "checkpoint", "instance_type", "nodes", "pods",
        "accelerators",
        "vcpu", "memory_gib",
    ]

    /// - Throws: `DiagnosticError` with every problem, each at its line.
    static func read(_ file: SourceFile, _ policy: PolicyModel) throws -> JobsFile {
        var reader = Reader(file, policy)
        var number = 0
        for line in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let fields = fields(line)
            if fields != [""] { reader.read(fields, line: number) }
            number += 1
        }
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems) }
        return reader.result
    }

    /// The fields of a line; those in quotes may hold commas.
    private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in line {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                fields.append(text(field))
                field.removeAll(keepingCapacity: true)
            default: field.append(byte)
            }
        }
        return fields + [text(field)]
    }

    /// Bytes without the white space around them.
    private static func text(_ bytes: [UInt8]) -> String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }

    private struct Reader {
        private let file: SourceFile
        private let policy: PolicyModel
        private var header: [String] = []
        private var shapes: [JobShape: Int] = [:]
        private var names: Set<String> = []
        private var jobs = JobsFile()
        private var dates: [Double?] = []
        private var sizes: JobSizes
        private let teams: [String: Int]
        private let dateReader = ISO8601DateFormatter()
        /// The shapes of lines that were read, by what they ask for.
        private var known: [[String?]: JobShape] = [:]
        var problems: [Diagnostic] = []

        init(_ file: SourceFile, _ policy: PolicyModel) {
            self.file = file
            self.policy = policy
            sizes = JobSizes(policy)
            teams = Dictionary(policy.teams.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// The jobs; dates are times since the first of them.
        var result: JobsFile {
            var result = jobs
            result.findings = sizes.findings
            let first = dates.compactMap { $0 }.min() ?? 0
            for (place, date) in dates.enumerated() {
                if let date { result.jobs[place].submitted = Int64(((date - first) * 1000).rounded()) }
            }
            return result
        }

        mutating func read(_ fields: [String], line: Int) {
            if header.isEmpty {
                header = fields.map { $0.lowercased() }
                for name in header where !columns.contains(name) {
                    let nearest = Spelling.nearest(to: name, in: columns)
                    add(.unknownKey, "there is no column `\(name)`", line, fix: nearest.map { "write `\($0)`" })
                }
                return
            }
            var row: [String: String] = [:]
            for (name, value) in zip(header, fields) where !value.isEmpty { row[name] = value }
            readJob(row, line)
        }

        /// Reads a line; all that is wrong with it is told.
        private mutating func readJob(_ row: [String: String], _ line: Int) {
            let before = problems.count
            let place = teams[row["team"] ?? ""]
            if place == nil { add(.unknownName, "there is no team `\(row["team"] ?? "")`", line) }
            let team = row["team"] ?? ""
            let name = row["name"] ?? "\(jobs.jobs.count + 1)"
            if !names.insert("\(team)/\(name)").inserted {
                add(.repeatedName, "`\(team)` has two jobs of the name `\(name)`", line)
            }
            var job = Job(name: name, team: place ?? 0, shape: 0, submitted: 0)
            let date = submission(row, &job, line)
            if let value = row["duration"] { job.duration = time(value, line) ?? 0 }
            if let value = row["checkpoint"] { job.checkpoint = time(value, line) ?? 0 }
            if let value = row["class"] {
                if let found = priorityClass(value) {
                    job.priorityClass = Int16(found)
                    job.priority = Int32(policy.classes[found].weight)
                } else {
                    add(.unknownName, "there is no priority class `\(value)`", line)
                }
            }
            guard let place, let shape = shape(row, place, line), problems.count == before else { return }
            let number = jobs.number(of: shape, &shapes)
            sizes.look("\(team)/\(name)", team: place, shape, number, at: nil)
            job.shape = Int32(truncatingIfNeeded: number)
            jobs.jobs.append(job)
            dates.append(date)
        }

        /// When a job was submitted: a date, or a time that is set right away.
        private mutating func submission(_ row: [String: String], _ job: inout Job, _ line: Int) -> Double? {
            guard let value = row["submitted"] else { return nil }
            if let time = TimeText.milliseconds(value) {
                job.submitted = time
            } else if let date = dateReader.date(from: value) {
                return date.timeIntervalSince1970
            } else {
                add(.wrongValue, "`\(value)` is no time", line)
            }
            return nil
        }

        private mutating func time(_ text: String, _ line: Int) -> Int64? {
            if let time = TimeText.milliseconds(text) { return time }
            add(.wrongValue, "`\(text)` is no time", line)
            return nil
        }

        /// The place of a class, which jobs name with a suffix.
        private func priorityClass(_ text: String) -> Int? {
            let name = text.hasSuffix("-priority") ? String(text.dropLast(9)) : text
            return policy.classes.firstIndex { $0.name == text } ?? policy.classes.firstIndex { $0.name == name }
        }

        private mutating func shape(_ row: [String: String], _ team: Int, _ line: Int) -> JobShape? {
            let key = [row["team"]] + Self.sizeColumns.map { row[$0] }
            if let known = known[key] { return known }
            let shape = newShape(row, team, line)
            known[key] = shape
            return shape
        }

        private static let sizeColumns = ["instance_type", "nodes", "pods", "accelerators", "vcpu", "memory_gib"]

        private mutating func newShape(_ row: [String: String], _ team: Int, _ line: Int) -> JobShape? {
            let owned = policy.queues[team].resourceGroups[0].flavors.filter {
                $0.resources.values.contains { $0.nominal > 0 }
            }
            guard let type = row["instance_type"] ?? (owned.count == 1 ? owned[0].name : nil) else {
                add(.missingKey, "`instance_type` is missing, and the team's quota does not tell", line)
                return nil
            }
            var request = JobRequest(type: InstanceType(stringLiteral: type))
            request.nodes = row["nodes"].flatMap { Int($0) }
            request.pods = row["pods"].flatMap { Int($0) } ?? 1
            request.accelerators = row["accelerators"].flatMap { Int($0) }
            request.vcpu = row["vcpu"].flatMap { Double($0) }
            request.memoryGiB = row["memory_gib"].flatMap { Double($0) }
            let isWhole = request.nodes.map { (1...100_000).contains($0) } ?? true
            guard isWhole, (1...100_000).contains(request.pods), let shape = request.shape(),
                shape.podSets.contains(where: { !$0.requests.isEmpty })
            else {
                add(.noRequest, "the line does not say what the job asks for", line)
                return nil
            }
            return shape
        }

        private mutating func add(_ rule: JobsRule, _ message: String, _ line: Int, fix: String? = nil) {
            problems.append(rule.error(message, at: SourceSpan(file, file.lineRange(line + 1)), fix: fix))
        }
    }
}
