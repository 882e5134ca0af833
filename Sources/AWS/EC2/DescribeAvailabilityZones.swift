/// `DescribeAvailabilityZones`: the zones of the region that the account can use.
public struct DescribeAvailabilityZonesInput: QueryOperation {
    /// One zone.
    public struct Zone: Sendable, Equatable, Codable {
        /// The name in this account, such as `us-east-1a`.
        public let name: String
        /// The id that is the same in every account, such as `use1-az4`.
        public let id: String
        /// `available`, `impaired` or `unavailable`.
        public let state: String
        /// `availability-zone`, `local-zone` or `wavelength-zone`.
        public let type: String
    }

    /// The zones in the order of the answer.
    public typealias Output = [Zone]
    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeAvailabilityZones`.
    public static let name = "DescribeAvailabilityZones"

    /// The ids to ask for; empty for all.
    public var zoneIDs: [String]

    /// Makes the input.
    public init(zoneIDs: [String] = []) {
        self.zoneIDs = zoneIDs
    }

    var parameterForm: QueryParameters {
        var parameters = QueryParameters()
        parameters.setFlatList("ZoneId", zoneIDs)
        return parameters
    }

    func decode(_ result: XMLTree) throws -> [Zone] {
        try result.list("availabilityZoneInfo", member: "item").map { item in
            guard let name = item.string("zoneName"), let id = item.string("zoneId") else {
                throw Self.failure("a zone has no name or no id")
            }
            return Zone(
                name: name, id: id, state: item.string("zoneState") ?? "",
                type: item.string("zoneType") ?? "availability-zone")
        }
    }
}
