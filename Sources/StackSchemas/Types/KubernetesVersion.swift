/// A minor version of Kubernetes, kept as text: 1.30 is not 1.3.
public struct KubernetesVersion: TextValue, Comparable {
    /// What such texts look like.
    public static let format = TextFormat(
        "a Kubernetes version", pattern: #"^1\.[0-9]{2}$"#, rule: "of the form 1.33, without a patch number",
        example: "1.33", mayLookLikeNumber: true)
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Cuts `v` and the patch number off; `1.3` was 1.30 before something took it for a number.
    public static func correction(of text: String) -> String? {
        var parts = text.drop { $0 == "v" }.split(separator: ".").map(String.init)
        if parts.count == 2, parts[1].count == 1, parts[0] == "1" { parts[1] += "0" }
        let candidate = parts.prefix(2).joined(separator: ".")
        return candidate != text && isValid(candidate) ? candidate : nil
    }

    /// The number behind the dot.
    public var minor: Int { Int(text.dropFirst(2)) ?? 0 }

    /// Orders by number.
    public static func < (first: KubernetesVersion, second: KubernetesVersion) -> Bool { first.minor < second.minor }
}
