/// A HyperPod cluster that exists: its name, or its ARN (SageMaker API, `CreateComputeQuota`: `ClusterArn`).
public struct HyperPodClusterReference: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a HyperPod cluster",
        pattern:
            #"^([a-zA-Z0-9](-*[a-zA-Z0-9])*|arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:[0-9]{12}:cluster/[a-z0-9]{12})$"#,
        rule: "a name, or an ARN of the form arn:aws:sagemaker:us-west-2:123456789012:cluster/abcdefghij12",
        length: 1...256, example: "ml-cluster")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Names have at most 63 characters, and longer texts are no ARNs.
    public static func problem(in text: String) -> String? {
        let isName = !text.hasPrefix("arn:")
        return isName && text.unicodeScalars.count > 63 ? "is longer than the 63 characters of a name" : nil
    }

    /// The region in an ARN; `nil` for a name.
    public var region: String? {
        guard text.hasPrefix("arn:") else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 3 ? String(parts[3]) : nil
    }
}
