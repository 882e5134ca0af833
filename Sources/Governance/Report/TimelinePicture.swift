/// A simulation as a picture (SVG): a bar for each job, or for each team's use where there are many jobs.
public struct TimelinePicture {
    private let input: SimulationInput
    private let result: SimulationResult
    private let history: JobHistory
    private static let mostJobs = 400
    private static let left = 190
    private static let width = 900

    /// A picture of a simulation.
    public init(_ input: SimulationInput, _ result: SimulationResult, _ history: JobHistory) {
        self.input = input
        self.result = result
        self.history = history
    }

    /// The picture, a whole file.
    public var svg: String {
        let (body, height) = input.jobs.count <= Self.mostJobs ? jobs : teams
        let total = Self.left + Self.width + 60
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(total) \(height + 70)" width="\(total)" \
            height="\(height + 70)" font-family="sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#ffffff"/>
            \(axis(height))\(body)\(legend(height + 50))</svg>

            """
    }

    private func x(_ time: Int64) -> Int {
        Self.left + (result.end > 0 ? Int(Double(time) / Double(result.end) * Double(Self.width)) : 0)
    }

    private func text(_ x: Int, _ y: Int, _ words: String, _ style: String = "") -> String {
        "<text x=\"\(x)\" y=\"\(y)\"\(style)>\(JUnitExpectations.escaped(words))</text>\n"
    }

    private func axis(_ height: Int) -> String {
        (0...6).map { mark in
            let time = result.end * Int64(mark) / 6
            return "<line x1=\"\(x(time))\" y1=\"24\" x2=\"\(x(time))\" y2=\"\(height + 30)\" stroke=\"#dddddd\"/>\n"
                + text(x(time), 18, TimeText.clock(time), " text-anchor=\"middle\" fill=\"#666666\"")
        }.joined()
    }

    private var jobs: (String, Int) {
        var (body, y) = ("", 40)
        for (team, name) in input.teams.enumerated() {
            let jobs = input.jobs.indices.filter { Int(input.jobs[$0].team) == team }
                .sorted { (input.jobs[$0].submitted, $0) < (input.jobs[$1].submitted, $1) }
            guard !jobs.isEmpty else { continue }
            body += text(8, y, name, " font-weight=\"bold\"")
            y += 18
            for job in jobs {
                body += text(20, y, input.jobs[job].name)
                for stretch in history.stretches[job] {
                    guard let colour = Self.colour(stretch) else { continue }
                    let start = x(stretch.start)
                    body +=
                        "<rect x=\"\(start)\" y=\"\(y - 10)\" width=\"\(max(1, x(stretch.end) - start))\" height=\"12\" "
                    body += "fill=\"\(colour)\"><title>\(JUnitExpectations.escaped(input.jobs[job].name)) "
                    body +=
                        "\(stretch.status.rawValue) \(TimeText.clock(stretch.start)) to \(TimeText.clock(stretch.end))"
                    body += "</title></rect>\n"
                }
                y += 18
            }
            y += 8
        }
        return (body, y)
    }

    private var teams: (String, Int) {
        let columns = 180
        let usage = TeamUsage(input, history, end: result.end, columns: columns)
        var (body, y) = ("", 40)
        for (team, name) in input.teams.enumerated() where usage.used[team].contains(where: { $0 > 0 }) {
            let top = max(usage.owned[team], usage.used[team].max() ?? 0, 1)
            body += text(8, y + 30, name)
            var points = "\(Self.left),\(y + 40)"
            for (column, used) in usage.used[team].enumerated() {
                let height = y + 40 - Int(used / top * 36)
                points += " \(Self.left + column * Self.width / columns),\(height)"
                points += " \(Self.left + (column + 1) * Self.width / columns),\(height)"
            }
            body += "<polygon points=\"\(points) \(Self.left + Self.width),\(y + 40)\" fill=\"#4477aa\"/>\n"
            let line = y + 40 - Int(usage.owned[team] / top * 36)
            body += "<line x1=\"\(Self.left)\" y1=\"\(line)\" x2=\"\(Self.left + Self.width)\" y2=\"\(line)\" "
            body += "stroke=\"#cc3311\" stroke-dasharray=\"4 3\"/>\n"
            y += 50
        }
        return (body, y)
    }

    private static func colour(_ stretch: JobHistory.Stretch) -> String? {
        switch stretch.status {
        case .absent, .finished, .deleted: nil
        case .queued: "#dddddd"
        case .suspended: "#ee7733"
        case .starting: "#bbcc33"
        case .running: stretch.isBorrowing ? "#77aadd" : "#4477aa"
        }
    }

    private func legend(_ y: Int) -> String {
        if input.jobs.count > Self.mostJobs {
            return text(8, y, "\(result.unit)s in use by team; the broken line is what it owns", " fill=\"#666666\"")
        }
        let marks = [
            ("#4477aa", "running"), ("#77aadd", "running, team borrows"), ("#bbcc33", "waits for machines"),
            ("#dddddd", "queued"), ("#ee7733", "suspended"),
        ]
        return marks.enumerated().map { place, mark in
            "<rect x=\"\(8 + place * 180)\" y=\"\(y - 10)\" width=\"12\" height=\"12\" fill=\"\(mark.0)\"/>\n"
                + text(26 + place * 180, y, mark.1)
        }.joined()
    }
}

/// A page that holds everything it shows.
public enum PageReport {
    /// A page with a picture and the report's text.
    public static func html(picture: String, text: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Task governance: simulation</title>
        <style>
        body { font-family: sans-serif; margin: 2rem; color: #222222; background: #ffffff; }
        svg { max-width: 100%; height: auto; }
        pre { background: #f6f6f6; padding: 1rem; overflow-x: auto; line-height: 1.35; }
        </style>
        </head>
        <body>
        <h1>Task governance: simulation</h1>
        \(picture)
        <pre>\(JUnitExpectations.escapedLines(text))</pre>
        </body>
        </html>

        """
    }
}
