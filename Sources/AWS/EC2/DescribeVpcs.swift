/// `DescribeVpcs`: one page of the VPCs of the region.
public struct DescribeVpcsInput: QueryOperation {
    /// One page.
    public struct Output: Sendable, Equatable {
        /// The VPCs.
        public let vpcs: [VPC]
        /// What to ask for the next page with; nil on the last.
        public let nextToken: String?
    }

    /// A VPC.
    public struct VPC: Sendable, Equatable {
        /// The id.
        public let id: String
        /// `pending` or `available`.
        public let state: String
        /// All of its IPv4 ranges.
        public let cidrs: [String]
    }

    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeVpcs`.
    public static let name = "DescribeVpcs"

    /// The ids to ask for; empty for all. An id that is not there is left out of the answer, not an error.
    public var vpcIDs: [String]
    /// Where the page begins.
    public var nextToken: String?

    /// Makes the input.
    public init(vpcIDs: [String] = [], nextToken: String? = nil) {
        self.vpcIDs = vpcIDs
        self.nextToken = nextToken
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.setFilter(1, "vpc-id", vpcIDs)
        form.set("NextToken", nextToken)
        return form
    }

    func decode(_ result: XMLTree) throws -> Output {
        let vpcs = try result.list("vpcSet", member: "item").map { item in
            guard let id = item.string("vpcId") else { throw Self.failure("a VPC has no id") }
            let further = item.list("cidrBlockAssociationSet", member: "item").compactMap { $0.string("cidrBlock") }
            let primary = item.string("cidrBlock").map { [$0] } ?? []
            return VPC(
                id: id, state: item.string("state") ?? "", cidrs: primary + further.filter { !primary.contains($0) })
        }
        return Output(vpcs: vpcs, nextToken: result.nextPage)
    }
}
