/// The name of an EKS access policy (AWS docs: Review access policy permissions).
public struct AccessPolicyName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an EKS access policy name", pattern: #"^[A-Za-z0-9]+$"#, rule: "the last part of the policy's ARN", length: 1...128,
        example: "AmazonEKSClusterAdminPolicy")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Cuts the ARN off.
    public static func correction(of text: String) -> String? {
        guard let name = text.split(separator: "/").last.map(String.init), name != text, isValid(name) else { return nil }
        return name
    }
}
