import Diagnostics

/// One of the four add-ons that every EKS cluster with HyperPod nodes has.
public struct CoreAddonName: TextValue {
    /// The four names.
    public static let all = ["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"]
    /// What such texts look like.
    public static let format = TextFormat(
        "a core add-on", pattern: #"^(vpc-cni|kube-proxy|coredns|eks-pod-identity-agent)$"#,
        rule: "vpc-cni, kube-proxy, coredns or eks-pod-identity-agent", example: "vpc-cni")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// The nearest of the four.
    public static func correction(of text: String) -> String? { Spelling.nearest(to: text, in: all) }
}
