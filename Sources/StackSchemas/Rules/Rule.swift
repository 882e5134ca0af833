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
    let check: @Sendable (inout RuleContext) -> Void

    /// Declares a rule.
    public init(
        _ id: String, _ severity: Diagnostic.Severity, _ summary: String, because reason: String, source: String,
        reads: [ConfigPath], check: @escaping @Sendable (inout RuleContext) -> Void
    ) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.reason = reason
        self.source = source
        self.reads = reads
        self.check = check
    }

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
