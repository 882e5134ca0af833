/// An AWS service as the names of its VPC endpoints end.
public struct EndpointService: TextValue {
    /// What such texts look like.
    public static let format = TextFormat(
        "an endpoint service", pattern: #"^[a-z0-9]+([.-][a-z0-9]+)*$"#,
        rule: "the part of the endpoint's name behind the region, in lowercase", length: 1...60, example: "ecr.api")
    /// The compiled pattern.
    public static let pattern = TextPattern(format)

    /// The text as written.
    public let text: String

    /// Holds a text that is known to have the format.
    public init(text: String) { self.text = text }

    /// Cuts `com.amazonaws.<region>.` off.
    public static func correction(of text: String) -> String? {
        let parts = text.split(separator: ".")
        guard parts.count > 3, parts[0] == "com", parts[1] == "amazonaws" else { return nil }
        return parts.dropFirst(3).joined(separator: ".")
    }

    /// A full endpoint name is not what is asked for.
    public static func problem(in text: String) -> String? {
        text.hasPrefix("com.amazonaws.") ? "the region and what stands before it are added by stackgen" : nil
    }
}
