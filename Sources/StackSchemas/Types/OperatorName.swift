/// The switch of a part of the HyperPod Helm chart.
public struct OperatorName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a chart operator name", pattern: #"^[A-Za-z][A-Za-z0-9-]*$"#, rule: "letters, digits and hyphens",
        length: 1...64,
        example: "mpi-operator")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
