/// The name of an EKS access policy (AWS docs: Review access policy permissions).
public struct AccessPolicyName: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an EKS access policy name", pattern: #"^(arn:aws[a-z-]*:eks::aws:cluster-access-policy/)?[A-Za-z0-9]+$"#,
        rule: "the name of an access policy of EKS, or its ARN",
        length: 1...128,
        example: "AmazonEKSClusterAdminPolicy")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The last part of an ARN; the text itself where it is no ARN.
    public var name: String { text.split(separator: "/").last.map(String.init) ?? text }
}
