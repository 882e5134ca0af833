/// The version of an EKS add-on.
public struct AddonVersion: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an add-on version", pattern: #"^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$"#,
        rule: "of the form v1.2.3-eksbuild.1",
        length: 1...64, example: "v1.6.0-eksbuild.1")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Puts the `v` in front.
    public static func correction(of text: String) -> String? { isValid("v" + text) ? "v" + text : nil }

    /// The first three numbers.
    public var numbers: [Int] { text.dropFirst().prefix { $0 != "-" }.split(separator: ".").compactMap { Int($0) } }

    /// Whether the version is lower than one of three numbers.
    public func isBefore(_ other: [Int]) -> Bool { numbers.lexicographicallyPrecedes(other) }
}
