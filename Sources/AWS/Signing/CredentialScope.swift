/// The day, region and service that a signature is good for.
public struct CredentialScope: Sendable, Equatable, CustomStringConvertible {
    /// The UTC day as `yyyyMMdd`.
    public let day: String
    /// The region, such as `us-east-1`.
    public let region: String
    /// The signing name of the service, such as `cloudformation`.
    public let service: String

    /// Makes a scope from a timestamp `yyyyMMdd'T'HHmmss'Z'`.
    public init(timestamp: String, region: String, service: String) {
        day = String(timestamp.prefix(8))
        self.region = region
        self.service = service
    }

    /// `day/region/service/aws4_request`.
    public var description: String { "\(day)/\(region)/\(service)/aws4_request" }
}
