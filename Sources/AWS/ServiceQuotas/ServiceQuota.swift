/// A quota of a service in an account and region.
public struct ServiceQuota: Sendable, Equatable, Codable {
    /// The code, such as `L-DF5E4CA3`.
    public let quotaCode: String
    /// The name, such as `ml.g5.12xlarge for cluster usage`.
    public let quotaName: String
    /// How much there may be.
    public let value: Double
    /// Whether AWS raises it on request.
    public let adjustable: Bool?

    enum CodingKeys: String, CodingKey {
        case quotaCode = "QuotaCode"
        case quotaName = "QuotaName"
        case value = "Value"
        case adjustable = "Adjustable"
    }
}
