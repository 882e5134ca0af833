/// `DescribeSecurityGroups`: security groups with their rules, by their ids.
public struct DescribeSecurityGroupsInput: QueryOperation {
    /// A security group.
    public struct Group: Sendable, Equatable {
        /// The id.
        public let id: String
        /// The VPC.
        public let vpcID: String
        /// What may come in.
        public let ingress: [Permission]
        /// What may go out.
        public let egress: [Permission]
    }

    /// What a rule lets through.
    public struct Permission: Sendable, Equatable {
        /// `tcp`, `udp`, `icmp`, a number, or `-1` for everything.
        public let ipProtocol: String
        /// The first port; nil for all.
        public let fromPort: Int?
        /// The last port; nil for all.
        public let toPort: Int?
        /// The security groups on the other side.
        public let groupIDs: [String]
        /// The ranges on the other side.
        public let cidrs: [String]
    }

    /// The groups in the order of the answer.
    public typealias Output = [Group]
    /// EC2.
    public static let service = AWSService.ec2
    /// `DescribeSecurityGroups`.
    public static let name = "DescribeSecurityGroups"

    /// The ids to ask for. An id that is not there is left out of the answer, not an error.
    public var groupIDs: [String]

    /// Makes the input.
    public init(groupIDs: [String]) {
        self.groupIDs = groupIDs
    }

    var parameterForm: QueryParameters {
        var form = QueryParameters()
        form.setFilter(1, "group-id", groupIDs)
        return form
    }

    func decode(_ result: XMLTree) throws -> [Group] {
        try result.list("securityGroupInfo", member: "item").map { item in
            guard let id = item.string("groupId") else { throw Self.failure("a security group has no id") }
            return Group(
                id: id, vpcID: item.string("vpcId") ?? "", ingress: Self.permissions(item, "ipPermissions"),
                egress: Self.permissions(item, "ipPermissionsEgress"))
        }
    }

    private static func permissions(_ group: XMLTree, _ name: String) -> [Permission] {
        group.list(name, member: "item").map { item in
            Permission(
                ipProtocol: item.string("ipProtocol") ?? "", fromPort: item.string("fromPort").flatMap { Int($0) },
                toPort: item.string("toPort").flatMap { Int($0) },
                groupIDs: item.list("groups", member: "item").compactMap { $0.string("groupId") },
                cidrs: item.list("ipRanges", member: "item").compactMap { $0.string("cidrIp") })
        }
    }
}
