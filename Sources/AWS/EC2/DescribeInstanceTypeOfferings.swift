/// `DescribeInstanceTypeOfferings`: one page of which types are offered in which zones.
public struct DescribeInstanceTypeOfferingsInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The offerings.
        public let offerings: [Offering]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// A type in a zone.
    public struct Offering: Sendable, Equatable {
        /// The type, such as `g5.12xlarge`.
        public let instanceType: String
        /// The id of the zone, such as `use1-az4`.
        public let zoneID: String
    }

    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeInstanceTypeOfferings`.
    public static let name = "DescribeInstanceTypeOfferings"

    /// The types to ask for.
    public var instanceTypes: [String]
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(instanceTypes: [String], nextToken: String? = nil) {
        self.instanceTypes = instanceTypes
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.set("LocationType", "availability-zone-id")
        form.setFilter(1, "instance-type", instanceTypes)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let offerings = try result.list("instanceTypeOfferingSet", member: "item").map { item in
            guard let type = item.string("instanceType"), let zone = item.string("location") else {
                throw Self.failure("an offering has no type or no zone")
            }
            return Offering(instanceType: type, zoneID: zone)
        }
        return Output(offerings: offerings, nextToken: result.nextPage)
    }
}
