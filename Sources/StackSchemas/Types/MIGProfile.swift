/// A partition of a GPU (AWS docs: AWS::SageMaker::ComputeQuota).
public struct MIGProfile: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "a MIG profile",
        pattern:
            #"^mig-(1g\.(5|10|18|20|23|35|45|47)gb|2g\.(10|20|35|45|47)gb|3g\.(20|40|71|90|93)gb|4g\.(20|40|71|90|93)gb|7g\.(40|80|141|180|186)gb)$"#,
        rule: "one of the 28 profiles of the API, such as mig-1g.10gb", example: "mig-1g.10gb")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Puts `mig-` in front.
    public static func correction(of text: String) -> String? { isValid("mig-" + text) ? "mig-" + text : nil }
}
