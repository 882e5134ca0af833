import Diagnostics
import YAML

/// A rule silenced at a place, with the reason that was given.
public struct SilencedRule: Sendable, Hashable {
    /// The id of the rule.
    public let id: String
    /// Why, in the words of the configuration.
    public let reason: String
    /// The line of the comment, or of the item of `allow`, from 1.
    public let line: Int
}

/// Comments of the form `# stackgen: allow FSX011 because the region has it now`, at the end of the line that a
/// problem is on, or alone above it, and items of `allow`, which speak of all lines. Errors are what AWS refuses, so
/// only those can be silenced that stand on a catalog which may be behind.
struct Silencing {
    /// The comments, by the line that they speak of.
    private var allowed: [(line: Int, rule: SilencedRule)] = []
    /// The rules that are silenced everywhere.
    private var allowedEverywhere: [SilencedRule] = []
    /// Comments that are not understood.
    private(set) var problems: [Diagnostic] = []

    init(_ document: Document, _ rules: [AllowedRule]) {
        allowEverywhere(rules, LocatedConfig(document))
        guard document.file.mayComment("stackgen:") else { return }
        for comment in document.comments {
            let text = comment.text.drop { $0 == "#" || $0 == " " }
            guard text.hasPrefix("stackgen:") else { continue }
            guard let (id, reason) = Self.parse(text) else {
                problems.append(.malformedSilencing(comment))
                continue
            }
            if !Self.isRule(id) {
                problems.append(.nothingToSilence(id, comment))
                continue
            }
            let line = comment.start.line
            let rule = SilencedRule(id: id, reason: reason, line: line)
            allowed.append((Self.isAlone(comment) ? Self.nextLine(after: line, in: document.file) : line, rule))
        }
    }

    /// The problems that stay, and the rules that were silenced.
    func apply(to diagnostics: [Diagnostic]) -> (remaining: [Diagnostic], silenced: [SilencedRule]) {
        guard !allowed.isEmpty || !allowedEverywhere.isEmpty else { return (diagnostics, []) }
        var silenced: [SilencedRule] = []
        let remaining = diagnostics.filter { diagnostic in
            guard Self.canSilence(diagnostic), let rule = rule(silencing: diagnostic) else { return true }
            silenced.append(rule)
            return false
        }
        return (remaining, silenced.uniqued())
    }

    private static func canSilence(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.severity < .error || RuleRegistry.rule(diagnostic.id)?.isAnswerable ?? false
    }

    private func rule(silencing diagnostic: Diagnostic) -> SilencedRule? {
        let line = diagnostic.span?.start.line
        return allowed.first { $0.line == line && $0.rule.id == diagnostic.id }?.rule
            ?? allowedEverywhere.first { $0.id == diagnostic.id }
    }

    private mutating func allowEverywhere(_ rules: [AllowedRule], _ config: LocatedConfig) {
        let list: ConfigPath = "allow"
        // An item that could not be read has been reported.
        for (index, item) in rules.enumerated() where !item.rule.text.isEmpty {
            let place = config.nearestSpan(of: list[index] / "rule")
            guard let rule = RuleRegistry.rule(item.rule.text), rule.canBeSilenced else {
                problems.append(.nothingToSilence(item.rule.text, place))
                continue
            }
            allowedEverywhere.append(
                SilencedRule(id: rule.id, reason: item.reason.text, line: place?.start.line ?? 1))
        }
    }

    /// Whether a comment may name an id.
    private static func isRule(_ id: String) -> Bool {
        RuleRegistry.rule(id)?.canBeSilenced ?? HostedRule(rawValue: id).map { $0.severity < .error } ?? false
    }

    /// `stackgen: allow ID because reason`.
    private static func parse(_ text: Substring) -> (id: String, reason: String)? {
        let words = text.dropFirst("stackgen:".count).split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard words.count >= 4, words[0] == "allow", words[2] == "because" else { return nil }
        return (String(words[1]), words[3...].joined(separator: " "))
    }

    private static func isAlone(_ comment: SourceSpan) -> Bool {
        let start = comment.file.lineRange(comment.start.line).lowerBound
        return comment.file.bytes[start..<comment.range.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The next line that is neither blank nor a comment.
    private static func nextLine(after line: Int, in file: SourceFile) -> Int {
        var next = line + 1
        while next < file.lineCount {
            let first = file.bytes[file.lineRange(next)].first { $0 != 0x20 && $0 != 0x09 }
            if let first, first != UInt8(ascii: "#") { break }
            next += 1
        }
        return next
    }
}

extension Diagnostic {
    fileprivate static func nothingToSilence(_ id: String, _ span: SourceSpan?) -> Diagnostic {
        if RuleRegistry.rule(id) != nil {
            return .error(
                SchemaRule.silencing.id, "\(id) is an error, and errors cannot be allowed", at: span,
                fix: Fix("mend what it reports, and remove this item"))
        }
        let known = RuleRegistry.all.filter(\.canBeSilenced).map(\.id)
        let nearest = Spelling.nearest(to: id, in: known)
        return .error(
            SchemaRule.silencing.id, "there is no rule `\(id)` that could be allowed", at: span,
            label: nearest.map { "did you mean `\($0)`?" })
    }

    fileprivate static func malformedSilencing(_ span: SourceSpan) -> Diagnostic {
        .error(
            SchemaRule.silencing.id, "this comment silences nothing", at: span,
            fix: Fix("write `# stackgen: allow <rule id> because <reason>`"))
    }
}
