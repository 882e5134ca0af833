internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackGen

/// Says what a creation or an update is doing, and what came of it.
struct SubmissionTalk: Sendable {
    let console: Console
    let interruption: Interruption
    let live: LiveBoard

    init(console: Console) {
        self.console = console
        interruption = Interruption(console: console)
        live = LiveBoard(console: console)
    }

    func tell(_ progress: Submission.Progress) {
        switch progress {
        case .compiled(let compilation):
            console.report(compilation.diagnostics)
            if let count = compilation.parameterCount {
                console.good("evaluated: \(count) parameters, \(compilation.bytes.count) bytes")
            } else {
                let count = compilation.evaluated.resources.count
                console.good(
                    "evaluated: \(count) resources, \(compilation.bytes.count) bytes; references and limits hold")
            }
        case .preflight(let report):
            // Errors come with the failure.
            console.report(report.diagnostics.filter { $0.severity == .warning })
            let unasked = report.checks.filter { $0.status == .unasked }.map(\.name)
            if !unasked.isEmpty { console.say("not checked: \(unasked.joined(separator: ", "))") }
            if !report.hasErrors { console.good("preflight: \(report.checks.count - unasked.count) checks passed") }
        case .recorded(let record, let isResumed):
            console.good(isResumed ? "resuming the record \(record.name)" : "recorded: \(record.url.path)")
        case .bucketCreated(let bucket): console.good("created the bucket s3://\(bucket)")
        case .uploaded(let url): console.good("template put to \(url)")
        case .found(let stack):
            console.good(
                "the stack \(stack.name) is there already, made from the same template: \(stack.status.rawValue)")
            interruption.arm(stack: stack.name)
        case .changeSetCreated(let name): console.good("CloudFormation works out the changes: change set \(name)")
        case .changes(let report): console.say(ChangeText.text(report).trimmingCharacters(in: .newlines))
        case .withoutChangeSet(let reason): console.say("without a change set: \(reason)")
        case .submitted(let stackID):
            console.good("submitted: \(stackID)")
            interruption.arm(stack: stackID)
        case .follows(let board): live.begin(board)
        case .watching(let progress): live.tell(progress)
        case .checked(let checks):
            for check in checks where !check.isReady {
                console.say("! \(check.subject): \(check.detail)")
            }
            let ready = checks.count(where: \.isReady)
            if ready > 0 { console.good("\(ready) of \(checks.count) parts ready: nodes, add-ons, file systems") }
            if let unasked = checks.lazy.compactMap(\.unasked).first { console.say("not asked: \(unasked)") }
        }
    }

    /// The result in words.
    static func text(_ outcome: Submission.Outcome) -> String {
        var lines: [String] = []
        if let record = outcome.record { lines.append("record   \(record)") }
        lines.append("stack    \(outcome.stackName) in \(outcome.region)")
        if let id = outcome.stackID { lines.append("         \(id)") }
        if let status = outcome.status { lines.append("status   \(status)") }
        if outcome.isUnchanged == true { lines.append("changes  none; the stack is as the configuration wants it") }
        if !outcome.outputs.isEmpty {
            lines.append("outputs")
            let width = outcome.outputs.keys.map(\.count).max() ?? 0
            for (key, value) in outcome.outputs.sorted(by: { $0.key < $1.key }) {
                lines.append("  \(key.padding(toLength: width, withPad: " ", startingAt: 0))  \(value)")
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
