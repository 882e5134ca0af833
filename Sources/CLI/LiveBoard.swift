internal import AWS
internal import Foundation
internal import StackGen

/// Shows how a stack is getting on: a tree that is drawn again in place on a terminal, a line an event elsewhere, a
/// JSON object an event with `--output json`.
final class LiveBoard: @unchecked Sendable {
    private let console: Console
    private let isLive: Bool
    private let isJSON: Bool
    private let lock = NSLock()
    private var board: WatchBoard?
    private var drawnLines = 0
    private var began = Date()

    /// - Parameter streamsJSON: whether each event is a result by itself; a command with a result of its own keeps
    ///   standard output for that.
    init(console: Console, streamsJSON: Bool = false) {
        self.console = console
        isJSON = streamsJSON && console.format == .json
        isLive = !isJSON && isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    func begin(_ board: WatchBoard) {
        lock.withLock {
            self.board = board
            began = Date()
        }
    }

    func tell(_ progress: StackWatch.Progress) {
        lock.withLock {
            switch progress {
            case .event(let event):
                if event.isOfStackItself || board != nil { board?.take(event) }
                if isJSON, let line = try? RecordJSON.line(event) { return console.output(line) }
                guard isLive, board != nil else { return EventLine(console: console).tell(progress) }
                draw()
            case .interruption: EventLine(console: console).tell(progress)
            }
        }
    }

    /// Draws what is at work, what failed, and what comes next; the rest is counted.
    private func draw() {
        guard let board else { return }
        let now = Date()
        var lines: [String] = []
        var module = ""
        for row in board.rows where row.isInProgress || row.status?.hasSuffix("_FAILED") == true {
            if row.module != module {
                module = row.module
                lines.append(module)
            }
            let depth = row.logicalID.count { $0 == "/" }
            lines.append(String(repeating: "  ", count: depth + 1) + Self.line(row, now))
        }
        let waiting = board.rows.filter { $0.status == nil && !$0.waitsFor.isEmpty }
        if let next = waiting.first {
            lines.append("next: \(next.logicalID) waits for \(next.waitsFor.prefix(3).joined(separator: ", "))")
        }
        let counts = board.counts
        lines.append(
            "\(board.stackStatus ?? ""): \(counts.done) of \(counts.total), \(Self.time(now.timeIntervalSince(began)))")
        // Up over what was drawn last, each line cleared before it is written.
        let up = drawnLines > 0 ? "\u{1B}[\(drawnLines)A\u{1B}[J" : ""
        console.say(up + lines.joined(separator: "\n"))
        drawnLines = lines.count
    }

    private static func line(_ row: WatchBoard.Row, _ now: Date) -> String {
        var text = "\(row.logicalID)  \(row.type)  \(row.status ?? "")"
        if let began = row.began { text += "  \(time(now.timeIntervalSince(began)))" }
        if let progress = row.progress(at: now), let usual = row.usualSeconds {
            text += "  \(Int(progress * 100)) % of \(UsualDurations.words(usual))"
        }
        return text
    }

    private static func time(_ seconds: TimeInterval) -> String {
        let whole = max(0, Int(seconds))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
