/// Plans the subnets of a new VPC by arithmetic on its ranges, for any prefix length.
///
/// Without secondary ranges the primary one is cut into equal blocks: one for the public and control-plane subnets,
/// one for the nodes of each zone. With secondary ranges the nodes lie in these, and the primary range is left to
/// the others. Public and control-plane subnets are never larger than /24, which leaves room for later ones.
enum NetworkPlanner {
    /// The smallest and the largest subnet that AWS makes (AWS docs: Subnet sizing).
    static let prefixLengths = 16...28
    private static let edgePrefixLength = 24

    /// Why ranges cannot hold the subnets.
    struct Problem: Error, Equatable {
        var path: ConfigPath
        var message: String
    }

    /// The subnets of a new VPC with at least one zone.
    static func subnets(for vpc: VPCSettings, region: Region) throws(Problem) -> [SubnetPlan] {
        let zones = vpc.availabilityZones
        let refused = Catalog.regions[region]?.zonesRefusedByEKS ?? []
        let controlZones = zones.filter { !refused.contains($0.text) }
        let nodes = try nodeBlocks(for: vpc, zones: zones.count)
        let edge = vpc.secondaryCIDRs.isEmpty ? firstBlock(of: vpc.cidr, like: nodes) : vpc.cidr
        let edges = try edgeBlocks(in: edge, of: vpc.cidr, count: 2 * zones.count)
        let publicSubnets = zip(zones, edges).map { SubnetPlan(type: .public, zone: $0, cidr: $1) }
        let controlSubnets = zip(controlZones, edges.dropFirst(zones.count)).map {
            SubnetPlan(type: .controlPlane, zone: $0, cidr: $1)
        }
        let nodeSubnets = zip(zones, nodes).map { zone, block in
            SubnetPlan(
                type: .nodes, zone: zone, cidr: block, secondaryCIDR: vpc.secondaryCIDRs.first { $0.contains(block) })
        }
        return publicSubnets + controlSubnets + nodeSubnets
    }

    private static func firstBlock(of range: CIDRBlock, like blocks: [CIDRBlock]) -> CIDRBlock {
        blocks.first.flatMap { range.subnet(0, prefixLength: $0.prefixLength) } ?? range
    }

    /// One block for the nodes of each zone.
    private static func nodeBlocks(for vpc: VPCSettings, zones: Int) throws(Problem) -> [CIDRBlock] {
        guard !vpc.secondaryCIDRs.isEmpty else {
            let length = vpc.cidr.prefixLength + bits(for: zones + 1)
            guard length <= prefixLengths.upperBound else { throw tooSmall(vpc.cidr, zones: zones) }
            return (1...zones).compactMap { vpc.cidr.subnet($0, prefixLength: length) }
        }
        let perRange = (zones + vpc.secondaryCIDRs.count - 1) / vpc.secondaryCIDRs.count
        var blocks: [CIDRBlock] = []
        for (index, range) in vpc.secondaryCIDRs.enumerated() {
            let length = range.prefixLength + bits(for: perRange)
            guard length <= prefixLengths.upperBound else {
                throw Problem(
                    path: ("vpc.secondary_cidrs" as ConfigPath)[index],
                    message: "\(range) is too small for the node subnets of \(perRange) zones, each at least /28")
            }
            blocks += (0..<(1 << bits(for: perRange))).compactMap { range.subnet($0, prefixLength: length) }
        }
        return Array(blocks.prefix(zones))
    }

    /// Blocks for the public and control-plane subnets, side by side from the beginning of a range.
    private static func edgeBlocks(
        in range: CIDRBlock, of primary: CIDRBlock, count: Int
    ) throws(Problem) -> [CIDRBlock] {
        let needed = range.prefixLength + bits(for: count)
        guard needed <= prefixLengths.upperBound else { throw tooSmall(primary, zones: count / 2) }
        let length = max(edgePrefixLength, needed)
        return (0..<count).compactMap { range.subnet($0, prefixLength: length) }
    }

    private static func tooSmall(_ range: CIDRBlock, zones: Int) -> Problem {
        Problem(
            path: "vpc.cidr",
            message: "\(range) is too small for the public, control-plane and node subnets of \(zones) zones, "
                + "each at least /28")
    }

    /// The number of bits that count to a number: 2 for 3 and 4.
    private static func bits(for count: Int) -> Int {
        var bits = 0
        while 1 << bits < count { bits += 1 }
        return bits
    }
}
