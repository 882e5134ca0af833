internal import Foundation
internal import StackGen

/// A change report as a person reads it: a line for each resource below its module, a line for each reason.
///
///     FSx for Lustre
///       ± FileSystem  AWS::FSx::FileSystem  is replaced, about 6 to 10 min  config.yaml:24
///           StorageCapacity: 1200 → 2400 (forces the replacement)
enum ChangeText {
    static func text(_ report: ChangeReport) -> String {
        guard !report.changes.isEmpty else { return "no resource changes\n" }
        var lines = report.modules.flatMap(lines)
        lines.append(summary(report))
        return lines.map { $0 + "\n" }.joined()
    }

    private static func lines(_ module: ChangeReport.Module) -> [String] {
        let shown = module.changes.filter { !$0.isTagsOnly && !$0.isReferenceOnly }
        let tagged = module.changes.filter(\.isTagsOnly).count
        let referring = module.changes.filter(\.isReferenceOnly).count
        var lines = [module.name]
        let width = shown.map(\.logicalID.count).max() ?? 0
        for change in shown { lines += self.lines(change, width) }
        if tagged > 0 { lines.append("  ~ \(tagged) \(tagged == 1 ? "resource gets" : "resources get") new tags") }
        if referring > 0 {
            lines.append("  · \(referring) \(referring == 1 ? "resource refers" : "resources refer") to what changes")
        }
        return lines
    }

    private static func lines(_ change: ChangeReport.Change, _ width: Int) -> [String] {
        let id = change.logicalID.padding(toLength: width, withPad: " ", startingAt: 0)
        // That an added resource is made, the sign says.
        var words = change.action == .add ? [] : [verb(change)]
        if let usual = change.usualSeconds { words.append(UsualDurations.words(usual[0]...usual[1])) }
        let origin = change.origin.map { "  \($0)" } ?? ""
        let told = words.isEmpty ? "" : "  " + words.joined(separator: ", ")
        return ["  \(sign(change.action)) \(id)  \(change.type)\(told)\(origin)"]
            + change.causes.map { "      " + line($0) }
    }

    private static func line(_ cause: ChangeReport.Cause) -> String {
        var text = cause.property
        if cause.before != nil || cause.after != nil {
            text += ": \(short(cause.before)) → \(short(cause.after))"
        }
        if let source = cause.causedBy { text += " (from \(source))" }
        switch cause.recreation {
        case "always": text += " (forces the replacement)"
        case "conditionally": text += " (may force a replacement)"
        default: break
        }
        return text
    }

    /// A value in one line of reasonable length.
    private static func short(_ value: String?) -> String {
        guard let value else { return "–" }
        let line = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 60 ? line.prefix(59) + "…" : line
    }

    private static func verb(_ change: ChangeReport.Change) -> String {
        switch change.action {
        case .add: "is made"
        case .modify: "changes in place"
        case .replace: change.isRetained ? "is replaced, the old one stays" : "is replaced"
        case .mayReplace: "may be replaced"
        case .remove: change.isRetained ? "leaves the stack and stays" : "is deleted"
        case .adopt: "becomes part of the stack"
        }
    }

    private static func sign(_ action: ChangeReport.Action) -> String {
        switch action {
        case .add: "+"
        case .modify: "~"
        case .replace, .mayReplace: "±"
        case .remove: "-"
        case .adopt: ">"
        }
    }

    private static func summary(_ report: ChangeReport) -> String {
        let counts = ChangeReport.Action.allCases.compactMap { action -> String? in
            let count = report.changes.filter { $0.action == action && !$0.isReferenceOnly }.count
            return count == 0 ? nil : "\(count) \(noun(action))"
        }
        let time = report.usualSeconds.map { "; usually \(UsualDurations.words($0[0]...$0[1]))" } ?? ""
        return counts.joined(separator: ", ") + time
    }

    private static func noun(_ action: ChangeReport.Action) -> String {
        switch action {
        case .add: "to make"
        case .modify: "to change in place"
        case .replace: "to replace"
        case .mayReplace: "that may be replaced"
        case .remove: "to delete"
        case .adopt: "to take in"
        }
    }
}
