/// The name of a Kubernetes namespace or another object that is a DNS label.
public struct KubernetesName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Kubernetes name", pattern: #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"#,
        rule: "lowercase letters, digits and hyphens, a letter or digit first and last", length: 1...63,
        example: "kube-system")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
