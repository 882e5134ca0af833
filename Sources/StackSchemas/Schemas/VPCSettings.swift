/// The network: a new VPC planned from its ranges, or an existing one.
public struct VPCSettings: Record {
    /// An existing VPC.
    public var id: VPCID?
    /// The range of a new VPC.
    public var cidr: CIDRBlock = "10.192.0.0/16"
    /// Further ranges, for nodes.
    public var secondaryCIDRs: [CIDRBlock] = []
    /// The zones of a new VPC.
    public var availabilityZones: [ZoneID] = []
    /// The subnets of an existing VPC, or an explicit plan.
    public var subnets: [Subnet] = []
    /// How many NAT gateways there are.
    public var natGateways = NATGateways.single
    /// Whether S3 is reached through a gateway endpoint.
    public var s3GatewayEndpoint = true
    /// Services that get an interface endpoint.
    public var interfaceEndpoints: [EndpointService] = []
    /// Existing security groups instead of a new one.
    public var securityGroupIDs: [SecurityGroupID] = []

    /// All defaults.
    public init() {}

    /// How many NAT gateways a new VPC has.
    public enum NATGateways: String, Choice {
        /// One for all zones.
        case single
        /// One in every zone.
        case perZone = "per_zone"
        /// None: a closed network.
        case none
    }

    /// A subnet that exists, or that is planned by hand.
    public struct Subnet: Record {
        /// What the subnet is for.
        public var type = Role.nodes
        /// Its zone.
        public var availabilityZone: ZoneID = ""
        /// Its range.
        public var cidr: CIDRBlock?
        /// The id of an existing subnet.
        public var id: SubnetID?

        /// All defaults.
        public init() {}

        /// What a subnet is for.
        public enum Role: String, Choice {
            /// NAT gateways and public load balancers.
            case `public`
            /// The network interfaces of the EKS control plane.
            case controlPlane = "control_plane"
            /// Nodes, pods and the file system.
            case nodes
        }

        /// The fields.
        public static let schema = RecordSchema<Subnet>("subnet", "A subnet that exists, or is planned by hand.") {
            Field("type", \.type, "What the subnet is for.", required: true, update: .replacement)
            Field("availability_zone", \.availabilityZone, "Zone of the subnet.", required: true, update: .replacement)
            Field(
                "cidr", \.cidr, "Range of the subnet, /16 to /28.", example: "10.192.64.0/18", update: .replacement,
                source: "AWS docs: Subnet sizing")
            Field("id", \.id, "Id of an existing subnet.", update: .replacement)
        }
    }

    /// The fields.
    public static let schema = RecordSchema<VPCSettings>("vpc", "The network: a new VPC, or an existing one.") {
        Field(
            "id", \.id,
            "Existing VPC; then nothing of the network is created, and subnets and security groups "
                + "are given by id.", update: .replacement)
        Field(
            "cidr", \.cidr, "Primary range of a new VPC, /16 to /28.", update: .replacement,
            source: "AWS docs: VPC CIDR blocks")
        Field(
            "secondary_cidrs", \.secondaryCIDRs, "Further ranges; the subnets of nodes lie in them when given.",
            limits: .count(0...4), example: .list(["10.1.0.0/16"]), update: .replacement,
            source: "AWS docs: VPC CIDR blocks, Amazon VPC quotas")
        Field(
            "availability_zones", \.availabilityZones, "Zones of a new VPC by id, two to six.",
            limits: .count(0...6), example: .list(["use1-az4", "use1-az6"]), update: .replacement,
            source: "AWS docs: View Amazon EKS networking requirements for VPC and subnets")
        Field(
            "subnets", \.subnets,
            "Existing subnets by id, or a plan of ranges by hand; empty: planned from the ranges.",
            limits: .count(0...64), example: .list([.record(["type": "nodes"])]), update: .replacement)
        Field("nat_gateways", \.natGateways, "NAT gateways of a new VPC: one, one in every zone, or none.")
        Field(
            "s3_gateway_endpoint", \.s3GatewayEndpoint, "Whether S3 is reached through a gateway endpoint.",
            source: "AWS docs: Prerequisites for using SageMaker HyperPod")
        Field(
            "interface_endpoints", \.interfaceEndpoints, "AWS services that get an interface endpoint in a new VPC.",
            limits: .count(0...50, unique: true), example: .list(["ec2", "ecr.api", "sts"]),
            source: "AWS docs: AWS services that integrate with AWS PrivateLink")
        Field(
            "security_group_ids", \.securityGroupIDs, "Existing security groups instead of a new one.",
            limits: .count(0...5, unique: true), example: .list([.string(SecurityGroupID.format.example)]),
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
    }
}
