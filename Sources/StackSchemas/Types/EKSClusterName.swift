/// The name of an EKS cluster (AWS docs: AWS::EKS::Cluster).
public struct EKSClusterName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an EKS cluster name", pattern: #"^[0-9A-Za-z][A-Za-z0-9_-]*$"#,
        rule: "letters, digits, hyphens and underscores, a letter or digit first", length: 1...100,
        example: "ml-cluster-eks")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
