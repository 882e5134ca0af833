/// What a rule is, in words: for machine reports and references.
public struct RuleDescription: Sendable, Hashable {
    /// The stable id.
    public var id: String
    /// How much its findings weigh.
    public var severity: Diagnostic.Severity
    /// What it demands, in one sentence.
    public var summary: String
    /// Why, or what happens otherwise.
    public var reason: String?
    /// Where that is documented.
    public var source: String?

    /// A rule in words.
    public init(
        id: String, severity: Diagnostic.Severity, summary: String, reason: String? = nil, source: String? = nil
    ) {
        self.id = id
        self.severity = severity
        self.summary = summary
        self.reason = reason
        self.source = source
    }
}
