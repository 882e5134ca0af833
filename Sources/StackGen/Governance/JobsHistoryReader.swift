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
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if !line.isEmpty { reader.read(fields(line), line: number) }
        }
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems) }
        return reader.result
    }

    /// The fields of a line; those in quotes may hold commas.
    private static func fields(_ line: String) -> [String] {
        var (fields, isQuoted) = ([""], false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields.map { $0.trimmingCharacters(in: .whitespaces) }
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
        var problems: [Diagnostic] = []

        init(_ file: SourceFile, _ policy: PolicyModel) {
            self.file = file
            self.policy = policy
            sizes = JobSizes(policy)
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

        private mutating func readJob(_ row: [String: String], _ line: Int) {
            guard let team = row["team"], let place = policy.teams.firstIndex(of: team) else {
                return add(.unknownName, "there is no team `\(row["team"] ?? "")`", line)
            }
            let name = row["name"] ?? "\(jobs.jobs.count + 1)"
            guard names.insert("\(team)/\(name)").inserted else {
                return add(.repeatedName, "`\(team)` has two jobs of the name `\(name)`", line)
            }
            guard let shape = shape(row, place, line) else { return }
            var job = Job(name: name, team: place, shape: jobs.number(of: shape, &shapes), submitted: 0)
            if let value = row["submitted"] {
                if let time = TimeText.milliseconds(value) {
                    job.submitted = time
                    dates.append(nil)
                } else if let date = ISO8601DateFormatter().date(from: value) {
                    dates.append(date.timeIntervalSince1970)
                } else {
                    return add(.wrongValue, "`\(value)` is no time", line)
                }
            } else {
                dates.append(nil)
            }
            for key in ["duration", "checkpoint"] {
                guard let value = row[key] else { continue }
                guard let time = TimeText.milliseconds(value) else {
                    dates.removeLast()
                    return add(.wrongValue, "`\(value)` is no time", line)
                }
                if key == "duration" { job.duration = time } else { job.checkpoint = time }
            }
            if let value = row["class"] {
                guard let found = priorityClass(value) else {
                    dates.removeLast()
                    return add(.unknownName, "there is no priority class `\(value)`", line)
                }
                job.priorityClass = Int16(found)
                job.priority = Int32(policy.classes[found].weight)
            }
            sizes.look("\(team)/\(name)", team: place, shape, at: nil)
            jobs.jobs.append(job)
        }

        /// The place of a class, which jobs name with a suffix.
        private func priorityClass(_ text: String) -> Int? {
            let name = text.hasSuffix("-priority") ? String(text.dropLast(9)) : text
            return policy.classes.firstIndex { $0.name == text } ?? policy.classes.firstIndex { $0.name == name }
        }

        private mutating func shape(_ row: [String: String], _ team: Int, _ line: Int) -> JobShape? {
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
