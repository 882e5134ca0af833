/// The version of a HyperPod image release (AWS docs: AWS::SageMaker::Cluster).
public struct ImageReleaseVersion: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an image release version", pattern: #"^[0-9]+\.[0-9]+\.[0-9]+$"#, rule: "three numbers joined by dots",
        length: 5...64, example: "1.0.20")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
