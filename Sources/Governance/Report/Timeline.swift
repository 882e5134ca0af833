/// A picture of a simulation in block characters: a row for each job, or for each team where there are many.
struct Timeline {
    let input: SimulationInput
    let result: SimulationResult
    let history: JobHistory
    /// Columns of the picture.
    var width = 64

    private static let mostJobs = 60
    private static let levels = Array(" ▁▂▃▄▅▆▇█")

    var text: String {
        guard result.end > 0, !input.jobs.isEmpty else { return "" }
        return input.jobs.count <= Self.mostJobs ? jobRows : teamRows
    }

    private func edge(_ column: Int) -> Int64 { result.end * Int64(column) / Int64(width) }

    // MARK: A row a job

    private var jobRows: String {
        var text = ""
        let labels = input.jobs.map { "  \($0.name)" }
        let edge = max(labels.map(\.count).max() ?? 0, input.teams.map(\.count).max() ?? 0) + 2
        for team in input.teams.indices {
            let jobs = input.jobs.indices.filter { Int(input.jobs[$0].team) == team }
            guard !jobs.isEmpty else { continue }
            text += input.teams[team] + "\n"
            for job in jobs.sorted(by: { (input.jobs[$0].submitted, $0) < (input.jobs[$1].submitted, $1) }) {
                text += padded(labels[job], edge) + "│" + (0..<width).map { symbol(job, $0) }.joined() + "│\n"
            }
        }
        return text + axis(edge) + "  █ running  ▓ running, team borrows  · waits for machines  ░ queued  ▒ suspended\n"
    }

    private func symbol(_ job: Int, _ column: Int) -> String {
        let (start, end) = (edge(column), edge(column + 1))
        let best = history.stretches[job].max { overlap($0, start, end) < overlap($1, start, end) }
        guard let best, overlap(best, start, end) > 0 else { return " " }
        switch best.status {
        case .absent, .finished, .deleted: return " "
        case .queued: return "░"
        case .suspended: return "▒"
        case .starting: return "·"
        case .running: return best.isBorrowing ? "▓" : "█"
        }
    }

    private func overlap(_ stretch: JobHistory.Stretch, _ start: Int64, _ end: Int64) -> Int64 {
        max(0, min(stretch.end, end) - max(stretch.start, start))
    }

    // MARK: A row a team

    private var teamRows: String {
        let usage = TeamUsage(input, history, end: result.end, columns: width)
        let edge = (input.teams.map(\.count).max() ?? 0) + 2
        var text = ""
        for team in input.teams.indices where usage.owned[team] > 0 || usage.used[team].contains(where: { $0 > 0 }) {
            let top = max(usage.owned[team], usage.used[team].max() ?? 0, 1)
            let cells = usage.used[team].map { used -> String in
                String(Self.levels[used <= 0 ? 0 : max(1, min(8, Int((used / top * 8).rounded())))])
            }
            text += padded(input.teams[team], edge) + "│" + cells.joined() + "│ of \(top.tenths)\n"
        }
        return text + axis(edge) + "  height: \(result.unit)s in use, of the most that the team owns or used\n"
    }

    private func axis(_ edge: Int) -> String {
        let (first, last) = (TimeText.clock(0), TimeText.clock(result.end))
        let space = max(1, width - first.count - last.count + 2)
        return padded("", edge) + first + String(repeating: " ", count: space) + last + "\n"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}

/// What each team uses over time, in the unit of the result, in equal columns.
struct TeamUsage {
    /// Average use by team and column.
    private(set) var used: [[Double]]
    /// What each team owns at the beginning.
    let owned: [Double]

    init(_ input: SimulationInput, _ history: JobHistory, end: Int64, columns: Int) {
        let named = Accelerators.owned(input.queues)
        let counted = named.isEmpty ? ["cpu"] : named
        let scale = named.isEmpty ? 1000.0 : 1
        let amounts = input.shapes.map { shape in
            shape.podSets.flatMap(\.requests).reduce(0.0) {
                $0 + (counted.contains($1.resource) ? Double($1.amount) : 0)
            } / scale
        }
        owned = input.queues.map { queue in
            queue.resourceGroups.flatMap(\.flavors).reduce(0.0) { sum, flavor in
                sum + counted.reduce(0.0) { $0 + Double(flavor.resources[$1]?.nominal ?? 0) }
            } / scale
        }
        used = Array(repeating: Array(repeating: 0, count: columns), count: input.teams.count)
        let step = max(1, Double(end) / Double(columns))
        for (job, stretches) in history.stretches.enumerated() {
            for stretch in stretches where stretch.status == .running || stretch.status == .starting {
                let first = Int(Double(stretch.start) / step)
                let last = min(columns - 1, Int(Double(stretch.end) / step))
                guard first <= last else { continue }
                for column in first...last {
                    let from = max(Double(stretch.start), Double(column) * step)
                    let part = max(0, min(Double(stretch.end), Double(column + 1) * step) - from) / step
                    used[Int(input.jobs[job].team)][column] += part * amounts[Int(input.jobs[job].shape)]
                }
            }
        }
    }
}
