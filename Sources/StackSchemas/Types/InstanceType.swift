/// A machine type as SageMaker spells it, with `ml.` in front.
public struct InstanceType: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an instance type", pattern: #"^ml\.[a-z0-9-]+\.(small|medium|large|[0-9]*xlarge)$"#,
        rule: "ml., a family and a size such as 2xlarge", length: 6...64, example: "ml.g5.12xlarge")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Puts `ml.` in front.
    public static func correction(of text: String) -> String? {
        let candidate = text.lowercased().hasPrefix("ml.") ? text.lowercased() : "ml." + text.lowercased()
        return candidate != text && isValid(candidate) ? candidate : nil
    }

    /// What is known about the type; `nil` for a type newer than the catalog.
    public var facts: InstanceTypeFacts? { Catalog.instanceTypes[self] }
}
