/// An AWS region.
public struct Region: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an AWS region", pattern: #"^[a-z]{2}(-[a-z]+)+-[0-9]$"#, rule: "a region such as us-east-1, not a zone",
        example: "us-east-1")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Cuts the letter of a zone off; finds the nearest region known.
    public static func correction(of text: String) -> String? {
        let trimmed = text.lowercased()
        if let last = trimmed.last, last.isLetter, isValid(String(trimmed.dropLast())) {
            return String(trimmed.dropLast())
        }
        return Catalog.regions.nearest(to: trimmed)
    }

    /// The partition that the region belongs to (AWS docs: Amazon Resource Names).
    public var partition: String {
        if text.hasPrefix("cn-") { return "aws-cn" }
        if text.hasPrefix("us-gov-") { return "aws-us-gov" }
        if text.hasPrefix("us-iso-") { return "aws-iso" }
        if text.hasPrefix("us-isob-") { return "aws-iso-b" }
        return "aws"
    }
}
