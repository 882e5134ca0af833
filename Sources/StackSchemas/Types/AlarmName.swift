/// The name of a CloudWatch alarm.
public struct AlarmName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an alarm name", length: 1...255, example: "gpu-errors", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
