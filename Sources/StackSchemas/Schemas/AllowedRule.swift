/// A rule that is silenced in the whole configuration.
public struct AllowedRule: Record {
    /// The rule.
    public var rule: RuleID = ""
    /// Why.
    public var reason: ReasonText = ""

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<AllowedRule>(
        "allowed_rule", "A warning, a note or an error that may be answered, not to be reported, with the reason."
    ) {
        Field("rule", \.rule, "Id of the rule.", required: true, update: .none)
        Field(
            "reason", \.reason, "Why it does not matter here; the run record keeps it.", required: true,
            update: .none)
    }
}
