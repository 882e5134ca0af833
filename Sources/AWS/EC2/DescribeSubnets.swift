/// `DescribeSubnets`: subnets by their ids.
public struct DescribeSubnetsInput: QueryOperation {
    /// A subnet.
    public struct Subnet: Sendable, Equatable {
        /// The id.
        public let id: String
        /// The VPC.
        public let vpcID: String
        /// The id of its zone, such as `use1-az4`.
        public let zoneID: String
        /// The IPv4 range.
        public let cidr: String
        /// Addresses that nothing uses.
        public let availableAddresses: Int
        /// Whether what starts in it gets a public address.
        public let mapsPublicAddresses: Bool
    }

    /// The subnets in the order of the answer.
    public typealias Output = [Subnet]
    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeSubnets`.
    public static let name = "DescribeSubnets"

    /// The ids to ask for. An id that is not there is left out of the answer, not an error.
    public var subnetIDs: [String]

    /// Makes the input.
    public init(subnetIDs: [String]) {
        self.subnetIDs = subnetIDs
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.setFilter(1, "subnet-id", subnetIDs)
        return form
    }

    func decode(_ result: XMLTree) throws -> [Subnet] {
        try result.list("subnetSet", member: "item").map { item in
            guard let id = item.string("subnetId"), let vpc = item.string("vpcId"),
                let zone = item.string("availabilityZoneId"),
                let free = item.string("availableIpAddressCount").flatMap({ Int($0) })
            else { throw Self.failure("a subnet has no id, VPC, zone or number of free addresses") }
            return Subnet(
                id: id, vpcID: vpc, zoneID: zone, cidr: item.string("cidrBlock") ?? "", availableAddresses: free,
                mapsPublicAddresses: item.boolean("mapPublicIpOnLaunch") ?? false)
        }
    }
}
