import Diagnostics

extension Rule {
    /// Subnets that exist or are planned by hand, and an existing VPC.
    static let subnets = [
        existingVPCNeedsSubnets, existingVPCNeedsSecurityGroups, subnetWithoutID, subnetWithoutRange, subnetIDInNewVPC,
        subnetOutsideVPC, overlappingSubnets, subnetSize, nodeSubnetMissing, natNeedsPublicSubnet, ignoredVPCSettings,
        repeatedSubnetID,
    ]

    private static let existingVPCNeedsSubnets = Rule(
        "NET030", .error, "With an existing VPC the subnets are named.",
        because: "Nothing of the network is created, so HyperPod has to be told where its nodes go.",
        source: "AWS docs: AWS::SageMaker::Cluster", reads: ["vpc.id", "vpc.subnets"]
    ) { context in
        guard context.stack.vpc.id != nil, context.stack.vpc.subnets.isEmpty else { return }
        context.report(
            "an existing VPC needs its subnets named", atKey: "vpc.id",
            fix: Diagnostic.Fix("add `subnets` with type, availability_zone and id under `vpc`"))
    }

    private static let existingVPCNeedsSecurityGroups = Rule(
        "NET031", .error, "With an existing VPC the security groups are named.",
        because: "A security group belongs to a VPC; that of an existing EKS cluster has to be shared by its nodes.",
        source: "AWS docs: AWS::SageMaker::Cluster", reads: ["vpc.id", "vpc.security_group_ids"]
    ) { context in
        guard context.stack.vpc.id != nil, context.stack.vpc.securityGroupIDs.isEmpty else { return }
        context.report(
            "an existing VPC needs `security_group_ids`", atKey: "vpc.id",
            fix: Diagnostic.Fix("add `security_group_ids: [sg-…]` under `vpc`"))
    }

    private static let subnetWithoutID = Rule(
        "NET032", .error, "Subnets of an existing VPC are given by id.",
        because: "Nothing of the network is created in an existing VPC.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["vpc.id", "vpc.subnets"]
    ) { context in
        guard context.stack.vpc.id != nil else { return }
        for (index, subnet) in context.stack.vpc.subnets.enumerated() where subnet.id == nil {
            context.report("a subnet of an existing VPC needs its `id`", at: ("vpc.subnets" as ConfigPath)[index])
        }
    }

    private static let subnetWithoutRange = Rule(
        "NET033", .error, "Subnets planned by hand have a range.", because: "EC2 makes no subnet without one.",
        source: "AWS docs: AWS::EC2::Subnet", reads: ["vpc.id", "vpc.subnets"]
    ) { context in
        guard context.stack.vpc.id == nil else { return }
        for (index, subnet) in context.stack.vpc.subnets.enumerated() where subnet.cidr == nil && subnet.id == nil {
            context.report("a subnet of a new VPC needs its `cidr`", at: ("vpc.subnets" as ConfigPath)[index])
        }
    }

    private static let subnetIDInNewVPC = Rule(
        "NET034", .error, "Existing subnets belong to an existing VPC.",
        because: "A subnet cannot be moved into a VPC that is only being created.",
        source: "AWS docs: AWS::EC2::Subnet",
        reads: ["vpc.id", "vpc.subnets"]
    ) { context in
        guard context.stack.vpc.id == nil else { return }
        for (index, subnet) in context.stack.vpc.subnets.enumerated() where subnet.id != nil {
            context.report(
                "an existing subnet needs an existing VPC", at: ("vpc.subnets" as ConfigPath)[index] / "id",
                fix: Diagnostic.Fix("set `vpc.id`, or give the subnet a `cidr` instead of an `id`"))
        }
    }

    private static let subnetOutsideVPC = Rule(
        "NET035", .error, "Subnets lie in the ranges of the VPC.", because: "EC2 refuses any other range.",
        source: "AWS docs: AWS::EC2::Subnet",
        reads: ["vpc.id", "vpc.cidr", "vpc.secondary_cidrs", "vpc.subnets.cidr"]
    ) { context in
        let ranges = context.vpcRanges
        guard !ranges.isEmpty else { return }
        for (index, subnet) in context.stack.vpc.subnets.enumerated() {
            guard let block = subnet.cidr, !ranges.contains(where: { $0.block.contains(block) }) else { continue }
            let list = ranges.map(\.block.text).joined(separator: ", ")
            context.report(
                "\(block) does not lie in the VPC's \(list)", at: ("vpc.subnets" as ConfigPath)[index] / "cidr")
        }
    }

    private static let overlappingSubnets = Rule(
        "NET036", .error, "Subnets do not overlap.", because: "EC2 refuses the second one.",
        source: "AWS docs: Subnet sizing", reads: ["vpc.subnets.cidr"]
    ) { context in
        let subnets = context.stack.vpc.subnets
        for (index, subnet) in subnets.enumerated() {
            guard let block = subnet.cidr,
                let other = subnets[..<index].firstIndex(where: { $0.cidr?.overlaps(block) ?? false })
            else { continue }
            let list: ConfigPath = "vpc.subnets"
            context.report(
                "\(block) overlaps \(subnets[other].cidr?.text ?? "")", at: list[index] / "cidr",
                notes: [context.note("the other subnet is here", at: list[other] / "cidr")])
        }
    }

    private static let subnetSize = Rule(
        "NET037", .error, "Subnets are /16 to /28.", because: "EC2 makes no larger and no smaller ones.",
        source: "AWS docs: Subnet sizing", reads: ["vpc.subnets.cidr"]
    ) { context in
        for (index, subnet) in context.stack.vpc.subnets.enumerated() {
            guard let block = subnet.cidr, !NetworkPlanner.prefixLengths.contains(block.prefixLength) else { continue }
            context.report("\(block) is not /16 to /28", at: ("vpc.subnets" as ConfigPath)[index] / "cidr")
        }
    }

    private static let nodeSubnetMissing = Rule(
        "NET038", .error, "There is a subnet for nodes.", because: "HyperPod needs at least one private subnet.",
        source: "AWS docs: AWS::SageMaker::Cluster", reads: ["vpc.subnets"]
    ) { context in
        let subnets = context.stack.vpc.subnets
        guard !subnets.isEmpty, !subnets.contains(where: { $0.type == .nodes }) else { return }
        context.report(
            "no subnet is of type `nodes`", atKey: "vpc.subnets", fix: Diagnostic.Fix("add a subnet of type `nodes`"))
    }

    private static let natNeedsPublicSubnet = Rule(
        "NET039", .error, "A NAT gateway has a public subnet.", because: "It needs one with a route to the internet.",
        source: "AWS docs: NAT gateways", reads: ["vpc.id", "vpc.subnets", "vpc.nat_gateways"]
    ) { context in
        let vpc = context.stack.vpc
        guard vpc.id == nil, !vpc.subnets.isEmpty, vpc.natGateways != .none,
            !vpc.subnets.contains(where: { $0.type == .public })
        else { return }
        context.report(
            "a NAT gateway needs a subnet of type `public`", atKey: "vpc.subnets",
            fix: Diagnostic.Fix("add a subnet of type `public`, or set `vpc.nat_gateways` to `none`"))
    }

    private static let ignoredVPCSettings = Rule(
        "NET040", .warning, "Beside an existing VPC nothing is said about a new one.",
        because: "The setting has no effect.", source: "stackgen: reference of `vpc`", reads: ["vpc"]
    ) { context in
        guard context.stack.vpc.id != nil else { return }
        let keys = [
            "cidr", "secondary_cidrs", "availability_zones", "nat_gateways", "s3_gateway_endpoint",
            "interface_endpoints",
        ]
        for key in context.changed(context.stack.vpc, among: keys) {
            context.report(
                "`vpc.\(key)` has no effect beside `vpc.id`", atKey: "vpc" / key, fix: Diagnostic.Fix("remove it"))
        }
    }

    private static let repeatedSubnetID = Rule(
        "NET041", .error, "No subnet is named twice for the same purpose.",
        because: "SageMaker and EKS refuse lists with repeated subnets.", source: "AWS docs: AWS::SageMaker::Cluster",
        reads: ["vpc.subnets"]
    ) { context in
        let subnets = context.stack.vpc.subnets
        for (index, subnet) in subnets.enumerated() {
            guard let id = subnet.id,
                let first = subnets[..<index].firstIndex(where: { $0.id == id && $0.type == subnet.type })
            else { continue }
            let list: ConfigPath = "vpc.subnets"
            context.report(
                "subnet \(id) is named twice", at: list[index] / "id",
                notes: [context.note("first here", at: list[first] / "id")])
        }
    }
}
