/// A simulation as text for people.
public struct TextReport {
    private let input: SimulationInput
    private let result: SimulationResult
    private let history: JobHistory
    private static let mostTeams = 40

    /// A report on a simulation.
    public init(_ input: SimulationInput, _ result: SimulationResult, _ history: JobHistory) {
        self.input = input
        self.result = result
        self.history = history
    }

    /// Timeline, tables and snapshots.
    public var text: String {
        var parts = [Timeline(input: input, result: result, history: history).text, hours, waiting]
        parts += result.snapshots.map(snapshot)
        if !result.unstable.isEmpty {
            parts.append(
                "Jobs evict each other in a circle \(result.unstable.count) time(s), first at "
                    + "\(TimeText.clock(result.unstable[0])); a cluster would go on until something else changes.\n")
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Hours of the teams.
    private var hours: String {
        var table = TextTable(
            ["TEAM", "OWNED", "GUARANTEED", "BORROWED", "PREEMPTED", "LOST", "IN USE"],
            rightAligned: [1, 2, 3, 4, 5, 6])
        for (name, team) in zip(input.teams, result.teams).prefix(Self.mostTeams) {
            let used = team.guaranteed + team.borrowed
            table.add(
                [name] + [team.owned, team.guaranteed, team.borrowed, team.preempted, team.lost].map(\.tenths)
                    + [team.owned > 0 ? (used / team.owned).percent : ""])
        }
        let used = result.teams.reduce(0) { $0 + $1.guaranteed + $1.borrowed }
        let idle = max(0, result.capacityHours - used)
        let sums = [\SimulationResult.TeamOutcome.owned, \.guaranteed, \.borrowed, \.preempted, \.lost].map { key in
            result.teams.reduce(0) { $0 + $1[keyPath: key] }.tenths
        }
        table.add(["all"] + sums + [result.capacityHours > 0 ? (used / result.capacityHours).percent : ""])
        return
            "\(result.unit)-hours until \(TimeText.clock(result.end)); idle: \(idle.tenths) of \(result.capacityHours.tenths)\n"
            + table.text
    }

    private var waiting: String {
        var table = TextTable(
            ["WAITING", "JOBS", "DONE", "EVICTED", "MEAN", "MEDIAN", "P95", "LONGEST"],
            rightAligned: [1, 2, 3, 4, 5, 6, 7])
        let rows = WaitingTimes.byTeam(input, result).filter { $0.jobs > 0 }.prefix(Self.mostTeams)
        for row in rows + WaitingTimes.byClass(input, result) {
            table.add(
                [row.name, "\(row.jobs)", "\(row.finished)", "\(row.evictions)"]
                    + [row.mean, row.median, row.p95, row.longest].map { TimeText.span(Int64($0 * 1000)) })
        }
        return table.text
    }

    /// The state at a time: jobs, and usage as the queues' status has it.
    private func snapshot(_ snapshot: SimulationResult.Snapshot) -> String {
        var jobs = TextTable(["NAME", "TEAM", "STATUS", "AGE"])
        for job in input.jobs.indices where input.jobs.count <= 200 {
            let status = history.status(of: job, at: snapshot.time)
            guard ![.absent, .finished, .deleted].contains(status) else { continue }
            let isSuspended = [.queued, .suspended].contains(status)
            let age = isSuspended ? "N/A" : TimeText.span(snapshot.time - input.jobs[job].submitted)
            jobs.add([
                input.jobs[job].name, input.teams[Int(input.jobs[job].team)], isSuspended ? "Suspended" : "Running",
                age,
            ])
        }
        var usage = TextTable(["TEAM", "FLAVOR", "RESOURCE", "NOMINAL", "TOTAL", "BORROWED"], rightAligned: [3, 4, 5])
        for (team, rows) in zip(input.teams, snapshot.teams).prefix(Self.mostTeams) {
            for row in rows where row.total > 0 {
                usage.add(
                    [team, row.flavor, row.resource]
                        + [row.nominal, row.total, row.borrowed].map { Quantity.text($0, of: row.resource) })
            }
        }
        return "At \(TimeText.clock(snapshot.time))\n" + jobs.text + "\n" + usage.text
    }

    /// The stories of the jobs that were watched.
    public var stories: String {
        result.stories.map { story in
            let job = input.jobs[story.job]
            return "\(TimeText.clock(story.time))  \(input.teams[Int(job.team)])/\(job.name) \(story.text)\n"
                + (story.condition.isEmpty ? "" : "       \(story.condition)\n")
        }.joined()
    }
}
