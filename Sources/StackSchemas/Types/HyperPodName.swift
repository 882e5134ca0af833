/// The name of a HyperPod cluster or of one of its instance groups (AWS docs: CreateCluster).
public struct HyperPodName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a HyperPod name", pattern: #"^[a-zA-Z0-9](-*[a-zA-Z0-9])*$"#,
        rule: "letters, digits and hyphens, a letter or digit first and last", length: 1...63, example: "gpu-workers")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Underscores, dots and spaces become hyphens.
    public static func correction(of text: String) -> String? {
        let candidate = String(text.map { "_. ".contains($0) ? "-" : $0 })
        return candidate != text && isValid(candidate) ? candidate : nil
    }
}
