public import Diagnostics

/// One check of what a configuration means, beyond the shape of its values.
///
/// Immutable, and a class only so that asking all rules copies none of their texts.
public final class Rule: Sendable {
    /// The stable id: `FSX004`.
    public let id: String
    /// How much its findings weigh.
    public let severity: Diagnostic.Severity
    /// What it demands, in one sentence.
    public let summary: String
    /// Why AWS needs it, or what happens otherwise.
    public let reason: String
    /// Where that is documented.
    public let source: String
    /// The values that it judges. It is not asked when one of them could not be read, so that one mistake gives one
    /// diagnostic.
    public let reads: [ConfigPath]
    /// Whether the configuration may answer an error with a reason: it stands on a catalog that may be behind, or on
    /// what only some services refuse.
    public let isAnswerable: Bool
    let check: @Sendable (inout RuleContext) -> Void

    /// Declares a rule.
    public init(
        _ id: String, _ severity: Diagnostic.Severity, _ summary: String, because reason: String, source: String,
        reads: [ConfigPath], isAnswerable: Bool = false, check: @escaping @Sendable (inout RuleContext) -> Void
    ) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.reason = reason
        self.source = source
        self.reads = reads
        self.isAnswerable = isAnswerable
        self.check = check
    }

    /// Whether a comment or an item of `allow` silences it: every warning and note, and errors that may be answered.
    var canBeSilenced: Bool { severity < .error || isAnswerable }

    /// Whether a value that the rule judges could not be read.
    func isBlocked(by broken: [[String]]) -> Bool {
        broken.contains { broken in
            reads.contains { path in
                let keys = path.keys
                return keys.starts(with: broken) || broken.starts(with: keys)
            }
        }
    }
}

extension Rule {
    /// What a person writes into the configuration to answer an error.
    static func answer(_ id: String) -> String { "`# stackgen: allow \(id) because …`" }
}
