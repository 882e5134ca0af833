/// When SageMaker updates the software of an instance group (AWS docs: ScheduledUpdateConfig).
public struct CronExpression: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a cron expression of SageMaker",
        pattern:
            #"^cron\(([0-9]{1,2}) ([0-9]{1,2}) (\?|\*|L|[0-9]{1,2}) (\*|[0-9]{1,2}) (\?|\*|[A-Z]{3}(#[1-5])?|[0-9](#[1-5]|L)?) (\*|[0-9]{4})\)$"#,
        rule: "cron(minute hour day month weekday year) with a fixed minute and hour", length: 1...256,
        example: "cron(0 3 ? * SUN *)")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
