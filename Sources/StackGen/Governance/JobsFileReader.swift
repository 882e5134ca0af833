internal import Diagnostics
internal import Governance
internal import StackSchemas
internal import YAML

/// Reads a jobs file against a policy: every problem, at its place.
struct JobsFileReader {
    private let policy: PolicyModel
    private let teams: [String: Int]
    private let classes: [String: (place: Int, weight: Int)]
    private var file = JobsFile()
    private var problems: [Diagnostic] = []
    private var shapes: [JobShape: Int] = [:]
    private var jobs: [String: Int] = [:]
    private var sizes: JobSizes

    /// Reads a file.
    /// - Throws: `DiagnosticError` with all problems.
    static func read(_ source: SourceFile, _ policy: PolicyModel) throws -> JobsFile {
        let parsed = Parser.parse(source)
        guard !parsed.hasErrors, let document = parsed.document else { throw DiagnosticError(parsed.diagnostics) }
        var reader = JobsFileReader(policy)
        if let root = document.root, !root.isNull { reader.read(root) }
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems) }
        // Another policy on the way may let them in.
        if reader.file.changes.isEmpty { reader.file.findings = reader.sizes.findings }
        return reader.file
    }

    private init(_ policy: PolicyModel) {
        self.policy = policy
        sizes = JobSizes(policy)
        teams = Dictionary(policy.teams.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        classes = Dictionary(
            policy.classes.enumerated().map { ($1.name, ($0, $1.weight)) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func read(_ root: Node) {
        guard let map = map(root, ["jobs", "events", "expect", "until", "grace_period", "assume"]) else { return }
        for item in items(map["jobs"]) { readJob(item) }
        for item in items(map["events"]) { readEvent(item) }
        for item in items(map["expect"]) { readExpectation(item) }
        if let node = map["until"] { file.end = time(node) }
        if let node = map["grace_period"] { file.gracePeriod = time(node) ?? 0 }
        for entry in map["assume"]?.mapping ?? [] {
            file.assumptions.append("\(entry.name)=\(entry.value.scalar?.text ?? "")")
        }
    }

    // MARK: Jobs

    private static let jobKeys = [
        "name", "team", "class", "at", "duration", "checkpoint", "nodes", "pods", "instance_type", "accelerators",
        "vcpu",
        "memory_gib", "efa", "requests",
    ]

    private mutating func readJob(_ node: Node) {
        guard let map = map(node, Self.jobKeys), let name = text(map, "name", of: node),
            let team = text(map, "team", of: node)
        else { return }
        guard let place = teams[team] else {
            return unknown("team", team, map["team"], policy.teams)
        }
        guard jobs["\(team)/\(name)"] == nil else {
            return add(.repeatedName, "`\(team)` has two jobs of the name `\(name)`", map["name"])
        }
        jobs["\(team)/\(name)"] = file.jobs.count
        guard let request = request(map, node, team: place) else { return }
        guard let shape = request.shape() else {
            return unknown("machine type", request.type.text, map["instance_type"], policy.nodes.map(\.type))
        }
        var job = Job(
            name: name, team: place, shape: file.number(of: shape, &shapes),
            submitted: map["at"].flatMap { time($0) } ?? 0)
        if let value = map["duration"] { job.duration = time(value) ?? -1 }
        if let value = map["checkpoint"] { job.checkpoint = time(value) ?? 0 }
        if let value = map["class"] { readClass(value, &job) }
        sizes.look("\(team)/\(name)", team: place, shape, Int(job.shape), at: map["name"]?.span)
        file.jobs.append(job)
    }

    private mutating func readClass(_ node: Node, _ job: inout Job) {
        // Jobs name the WorkloadPriorityClass, which has a suffix.
        let text = node.scalar?.text ?? ""
        let name = text.hasSuffix("-priority") && classes[text] == nil ? String(text.dropLast(9)) : text
        guard let found = classes[name] else {
            return unknown("priority class", text, node, policy.classes.map(\.name))
        }
        job.priorityClass = Int16(found.place)
        job.priority = Int32(found.weight)
    }

    private mutating func request(_ map: [String: Node], _ node: Node, team: Int) -> JobRequest? {
        let parts = ["accelerators", "vcpu", "memory_gib"].filter { map[$0] != nil }
        let forms = [map["nodes"] != nil, !parts.isEmpty, map["requests"] != nil].filter { $0 }.count
        guard forms == 1 else {
            add(
                .noRequest,
                forms == 0 ? "the job does not say what it asks for" : "the job says twice what it asks for",
                map["name"], fix: "give `nodes`, or `requests`, or some of accelerators, vcpu and memory_gib of one pod"
            )
            return nil
        }
        guard let type = type(map, node, team: team) else { return nil }
        var request = JobRequest(type: type)
        request.nodes = map["nodes"].flatMap { number($0, 1...100_000) }
        request.pods = map["pods"].flatMap { number($0, 1...100_000) } ?? 1
        request.accelerators = map["accelerators"].flatMap { number($0, 0...1000) }
        request.efa = map["efa"].flatMap { number($0, 0...1000) }
        request.vcpu = map["vcpu"].flatMap { decimal($0) }
        request.memoryGiB = map["memory_gib"].flatMap { decimal($0) }
        for entry in map["requests"]?.mapping ?? [] {
            guard let amount = Quantity.amount(entry.value.scalar?.text ?? "", of: entry.name), amount >= 0,
                amount < 1 << 52
            else {
                add(.wrongValue, "this is no quantity", entry.value, fix: "write a number, such as 4, 500m or 2Gi")
                continue
            }
            request.requests[entry.name] = amount
        }
        return request
    }

    /// The machine type of a job: its own, or the only one of its team's quota.
    private mutating func type(_ map: [String: Node], _ node: Node, team: Int) -> InstanceType? {
        if let text = map["instance_type"]?.scalar?.text { return InstanceType(stringLiteral: text) }
        let owned = policy.queues[team].resourceGroups[0].flavors.filter { flavor in
            flavor.resources.values.contains { $0.nominal > 0 }
        }
        if owned.count == 1 { return InstanceType(stringLiteral: owned[0].name) }
        add(.missingKey, "`instance_type` is missing, and the team's quota does not tell", map["name"] ?? node)
        return nil
    }

    // MARK: Events and expectations

    private mutating func readEvent(_ node: Node) {
        guard let map = map(node, ["at", "finish", "delete", "node_lost", "node_back", "count", "set"]) else { return }
        guard let at = map["at"], let time = time(at) else {
            if map["at"] == nil { add(.missingKey, "`at` is missing", node) }
            return
        }
        let count = map["count"].flatMap { number($0, 1...100_000) } ?? 1
        if let value = map["set"] {
            file.changes.append(JobsFile.Change(time: time, text: value.scalar?.text ?? "", span: value.span))
        } else if let value = map["finish"], let job = job(value) {
            file.events.append(SimulationEvent(time, .finish(job: job)))
        } else if let value = map["delete"], let job = job(value) {
            file.events.append(SimulationEvent(time, .delete(job: job)))
        } else if let value = map["node_lost"], let type = nodeType(value) {
            file.events.append(SimulationEvent(time, .nodeLost(type: type, count: count)))
        } else if let value = map["node_back"], let type = nodeType(value) {
            file.events.append(SimulationEvent(time, .nodeBack(type: type, count: count)))
        } else if map.keys.filter({ $0 != "at" && $0 != "count" }).isEmpty {
            add(.missingKey, "nothing happens", node, fix: "add finish, delete, node_lost, node_back or set")
        }
    }

    private mutating func job(_ node: Node) -> Int? {
        let text = node.scalar?.text ?? ""
        if jobs[text] == nil { unknown("job", text, node, Array(jobs.keys.sorted())) }
        return jobs[text]
    }

    private mutating func nodeType(_ node: Node) -> String? {
        let text = node.scalar?.text ?? ""
        guard policy.nodes.contains(where: { $0.type == text }) else {
            unknown("machine type", text, node, policy.nodes.map(\.type))
            return nil
        }
        return text
    }

    private mutating func readExpectation(_ node: Node) {
        let text = node.scalar?.text ?? ""
        do {
            var expectation = try Expectation(parsing: text)
            expectation.line = node.span.start.line
            let missing = expectation.names.first { name in
                name.contains("/") ? jobs[name] == nil : teams[name] == nil
            }
            if let missing {
                unknown(
                    missing.contains("/") ? "job" : "team", missing, node,
                    missing.contains("/") ? jobs.keys.sorted() : policy.teams)
            }
            file.expectations.append(expectation)
        } catch {
            add(.expectation, error.message, node, fix: "for example `at 00:10 team-b/b2 running`")
        }
    }

    // MARK: Values

    private mutating func map(_ node: Node, _ keys: [String]) -> [String: Node]? {
        guard let entries = node.mapping else {
            add(.wrongValue, "a map of keys with values is needed here, not \(node.kindDescription)", node)
            return nil
        }
        var found: [String: Node] = [:]
        for entry in entries {
            guard keys.contains(entry.name) else {
                let nearest = Spelling.nearest(to: entry.name, in: keys)
                add(
                    .unknownKey, "there is no key `\(entry.name)` here", entry.key, fix: nearest.map { "write `\($0)`" }
                )
                continue
            }
            if !entry.value.isNull { found[entry.name] = entry.value }
        }
        return found
    }

    private mutating func items(_ node: Node?) -> [Node] {
        guard let node else { return [] }
        guard let items = node.sequence else {
            add(.wrongValue, "a list is needed here, not \(node.kindDescription)", node)
            return []
        }
        return items
    }

    private mutating func text(_ map: [String: Node], _ key: String, of node: Node) -> String? {
        guard let value = map[key] else {
            add(.missingKey, "`\(key)` is missing", node)
            return nil
        }
        guard let text = value.scalar?.text, !text.isEmpty else {
            add(.wrongValue, "`\(key)` is a text", value)
            return nil
        }
        return text
    }

    private mutating func time(_ node: Node) -> Int64? {
        if let time = TimeText.milliseconds(node.scalar?.text ?? "") { return time }
        add(
            .wrongValue, "this is no time", node,
            fix: "write 00:10 for ten minutes past the beginning, or a span: 90s, 2h30m")
        return nil
    }

    private mutating func number(_ node: Node, _ range: ClosedRange<Int>) -> Int? {
        if let number = node.scalar?.asInt, range.contains(number) { return number }
        add(.wrongValue, "this is no whole number of \(range.lowerBound) to \(range.upperBound)", node)
        return nil
    }

    private mutating func decimal(_ node: Node) -> Double? {
        if let number = node.scalar?.asDouble, (0...1_000_000).contains(number) { return number }
        add(.wrongValue, "this is no number of 0 to 1000000", node)
        return nil
    }

    private mutating func unknown(_ what: String, _ name: String, _ node: Node?, _ known: [String]) {
        let nearest = Spelling.nearest(to: name, in: known)
        add(.unknownName, "there is no \(what) `\(name)`", node, fix: nearest.map { "write `\($0)`" })
    }

    private mutating func add(_ rule: JobsRule, _ message: String, _ node: Node?, fix: String? = nil) {
        problems.append(rule.error(message, at: node?.span, fix: fix))
    }
}
