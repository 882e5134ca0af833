/// The user name that Kubernetes sees for an access entry.
public struct KubernetesUserName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Kubernetes user name", pattern: #"^[A-Za-z0-9][A-Za-z0-9:._@/{}-]*$"#,
        rule: "letters, digits and `:._@/{}-`",
        length: 1...128, example: "ml-admin")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }
}
