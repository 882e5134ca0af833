/// A time of day in UTC.
public struct TimeOfDay: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a time of day", pattern: #"^([01][0-9]|2[0-3]):[0-5][0-9]$"#, rule: "HH:MM in UTC", example: "03:00",
        mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
