/// The id of an Availability Zone: the same place for every account, unlike its name (AWS docs: AZ IDs).
public struct ZoneID: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an Availability Zone id", pattern: #"^[a-z]{3,5}[0-9]-az[0-9]{1,2}$"#,
        rule: "an id such as use1-az4; the name us-east-1a means another zone in every account", example: "use1-az4")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// What stands before `-az`: the region in short.
    public var regionCode: Substring { text.prefix { $0 != "-" } }

    /// What stands before `-az` for a region: `us-east-1` gives `use1`, `ap-southeast-2` gives `apse2`.
    public static func regionCode(of region: Region) -> String {
        let parts = region.text.split(separator: "-")
        guard parts.count >= 3, let number = parts.last else { return region.text }
        let middle = parts.dropFirst().dropLast().map { directions[String($0)] ?? String($0.prefix(1)) }
        return parts[0] + middle.joined() + number
    }

    private static let directions = [
        "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "gov": "g",
    ]
}
