import Diagnostics

extension Rule {
    /// Addresses that are needed against addresses that are there.
    static let addressCapacity = [nodeAddresses, podAddresses, controlPlaneHeadroom]

    private static let nodeAddresses = Rule(
        "NET050", .error, "A node subnet has an address for every network card of its nodes.",
        because: "Each card of a node is an interface with an address of its own; nodes without one do not start.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod", reads: capacityPaths
    ) { context in
        for demand in context.addressDemands where demand.leastAddresses > demand.available {
            context.report(
                "the nodes of \(demand.subnetName) need at least \(demand.leastAddresses) addresses, "
                    + "it has \(demand.available)",
                at: demand.path, notes: demand.notes(\.least), fix: demand.fix)
        }
    }

    private static let podAddresses = Rule(
        "NET051", .warning, "A node subnet has addresses for all pods that its nodes can run.",
        because: "Every pod takes an address of the node's subnet; without one it stays in ContainerCreating. The "
            + "sum counts one further node of the largest group for replacement.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod; Getting started with Amazon EKS support",
        reads: capacityPaths
    ) { context in
        for demand in context.addressDemands
        where demand.leastAddresses <= demand.available && demand.fullAddresses > demand.available {
            context.report(
                "with all pods running \(demand.subnetName) needs \(demand.fullAddresses) addresses, "
                    + "it has \(demand.available)",
                at: demand.path, notes: demand.notes(\.full), fix: demand.fix)
        }
    }

    private static let controlPlaneHeadroom = Rule(
        "NET052", .warning, "A control-plane subnet has 16 free addresses.",
        because: "EKS needs 6 and recommends 16; an upgrade takes about five more. Sizes cannot be changed later.",
        source: "AWS docs: View Amazon EKS networking requirements for VPC and subnets",
        reads: ["vpc", "eks.existing_cluster"]
    ) { context in
        // Once for the range that is too small, not once for every zone.
        var reported: Set<ConfigPath> = []
        for (path, subnet, free) in context.controlPlaneSubnets
        where free < 16 && reported.insert(path).inserted {
            context.report("control-plane subnet \(subnet) has \(free) addresses, EKS recommends 16", at: path)
        }
    }

    private static let capacityPaths: [ConfigPath] = ["vpc", "instance_groups", "restricted_instance_groups", "fsx"]
}

extension RuleContext {
    /// The control-plane subnets with known ranges, where they come from, and their usable addresses.
    var controlPlaneSubnets: [(path: ConfigPath, block: CIDRBlock, free: Int)] {
        guard stack.eks.existingCluster == nil, let plan else { return [] }
        var explicit = stack.vpc.subnets.enumerated().filter { $0.element.type == .controlPlane }.map(\.offset)[...]
        return plan.subnets.filter { $0.type == .controlPlane }.compactMap { subnet in
            let path = explicit.popFirst().map { ("vpc.subnets" as ConfigPath)[$0] / "cidr" } ?? "vpc.cidr"
            return subnet.cidr.map { (path, $0, $0.usableAddressCount) }
        }
    }
}
