/// A weekday and a time of day in UTC; 1 is Monday (AWS docs: CreateFileSystemLustreConfiguration).
public struct WeeklyTime: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a weekday and time", pattern: #"^[1-7]:([01][0-9]|2[0-3]):[0-5][0-9]$"#, rule: "d:HH:MM in UTC, 1 is Monday",
        example: "7:03:00", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
