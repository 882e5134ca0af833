import Diagnostics

extension Rule {
    /// Ranges of the VPC and of Kubernetes services.
    static let addressRanges = [
        vpcRangeSize, canonicalRange, overlappingRanges, mixedRanges, dockerRange, publicRange, serviceRangeForm,
        serviceRangeOverlap, rangesDoNotFit, unusedSecondaryRange,
    ]

    private static let vpcRangeSize = Rule(
        "NET001", .error, "Ranges of a VPC are /16 to /28.",
        because: "EC2 makes no VPC with a larger or smaller block.", source: "AWS docs: VPC CIDR blocks",
        reads: ["vpc.cidr", "vpc.secondary_cidrs"]
    ) { context in
        for (path, block) in context.vpcRanges where !NetworkPlanner.prefixLengths.contains(block.prefixLength) {
            context.report("\(block) is not /16 to /28", at: path)
        }
    }

    private static let canonicalRange = Rule(
        "NET002", .error, "A range is written with its first address.",
        because: "EC2 and EKS refuse ranges with bits set behind the prefix, or store another text than was sent.",
        source: "AWS docs: VPC CIDR blocks",
        reads: [
            "vpc.cidr", "vpc.secondary_cidrs", "vpc.subnets.cidr", "eks.service_ipv4_cidr", "eks.public_access_cidrs",
        ]
    ) { context in
        for (path, block) in context.allRanges where !block.isCanonical {
            context.report(
                "\(block) has bits set behind its prefix", at: path,
                fix: context.correction(of: path, to: block.canonical.text))
        }
    }

    private static let overlappingRanges = Rule(
        "NET003", .error, "The ranges of a VPC do not overlap.",
        because: "EC2 refuses to associate a block that overlaps another one of the VPC.",
        source: "AWS docs: VPC CIDR blocks", reads: ["vpc.cidr", "vpc.secondary_cidrs"]
    ) { context in
        let ranges = context.vpcRanges
        for (index, (path, block)) in ranges.enumerated() {
            guard let other = ranges[..<index].first(where: { $0.block.overlaps(block) }) else { continue }
            context.report(
                "\(block) overlaps \(other.block)", at: path,
                notes: [context.note("the other range is here", at: other.path)])
        }
    }

    private static let mixedRanges = Rule(
        "NET004", .warning, "Secondary ranges belong to the same private range as the primary one.",
        because: "EC2 restricts which blocks may be associated with a VPC: a VPC in 10.0.0.0/8 takes no block of "
            + "172.16.0.0/12, 192.168.0.0/16 or 198.19.0.0/16, and so on. Newer documentation may allow mixing.",
        source: "AWS docs: VPC CIDR blocks (restricted associations)", reads: ["vpc.cidr", "vpc.secondary_cidrs"]
    ) { context in
        for (path, block) in context.vpcRanges.dropFirst() {
            guard let restriction = RangeRestriction.violated(by: block, beside: context.stack.vpc.cidr) else {
                continue
            }
            context.report(
                "\(block) may be refused beside \(context.stack.vpc.cidr): \(restriction)", at: path,
                fix: Diagnostic.Fix("take a block of the primary range's own private range, or of 100.64.0.0/10"))
        }
    }

    private static let dockerRange = Rule(
        "NET005", .warning, "No range covers 172.17.0.0/16.",
        because: "Docker and SageMaker use these addresses on every node.", source: "AWS docs: VPC CIDR blocks",
        reads: ["vpc.cidr", "vpc.secondary_cidrs"]
    ) { context in
        for (path, block) in context.vpcRanges where block.overlaps(docker) {
            context.report("\(block) covers addresses of 172.17.0.0/16, which Docker uses on the nodes", at: path)
        }
    }

    private static let docker: CIDRBlock = "172.17.0.0/16"

    private static let publicRange = Rule(
        "NET006", .warning, "Ranges are private.",
        because: "With public addresses inside, hosts of the internet that really have them cannot be reached.",
        source: "AWS docs: VPC CIDR blocks", reads: ["vpc.cidr", "vpc.secondary_cidrs"]
    ) { context in
        for (path, block) in context.vpcRanges where !block.isPrivate && !CIDRBlock.sharedRange.contains(block) {
            context.report("\(block) is not a private range", at: path)
        }
    }

    private static let serviceRangeForm = Rule(
        "NET007", .error, "The range of Kubernetes services is /24 to /12 in a private range.",
        because: "EKS refuses any other.", source: "AWS docs: KubernetesNetworkConfigRequest",
        reads: ["eks.service_ipv4_cidr"]
    ) { context in
        guard let block = context.stack.eks.serviceIPv4CIDR else { return }
        if !(12...24).contains(block.prefixLength) {
            context.report("\(block) is not /24 to /12", at: "eks.service_ipv4_cidr")
        } else if !block.isPrivate {
            context.report(
                "\(block) lies outside 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16", at: "eks.service_ipv4_cidr")
        }
    }

    private static let serviceRangeOverlap = Rule(
        "NET008", .error, "The range of Kubernetes services does not overlap the VPC.",
        because: "EKS refuses the range, or pods cannot reach the addresses that both have. Without a range EKS takes "
            + "10.100.0.0/16 or 172.20.0.0/16.",
        source: "AWS docs: KubernetesNetworkConfigRequest",
        reads: ["vpc.cidr", "vpc.secondary_cidrs", "eks.service_ipv4_cidr"]
    ) { context in
        guard context.stack.eks.existingCluster == nil else { return }
        let ranges = context.vpcRanges
        if let block = context.stack.eks.serviceIPv4CIDR {
            guard let other = ranges.first(where: { $0.block.overlaps(block) }) else { return }
            context.report(
                "\(block) overlaps \(other.block) of the VPC", at: "eks.service_ipv4_cidr",
                notes: [context.note("the VPC's range is here", at: other.path)])
            return
        }
        let isBlocked = defaultServiceRanges.allSatisfy { block in ranges.contains { $0.block.overlaps(block) } }
        guard isBlocked, let first = ranges.first(where: { $0.block.overlaps(defaultServiceRanges[0]) }) else { return }
        context.report(
            "the VPC covers both ranges that EKS takes for services, 10.100.0.0/16 and 172.20.0.0/16", at: first.path,
            fix: Diagnostic.Fix("set `eks.service_ipv4_cidr` to a private range outside the VPC"))
    }

    /// Of these EKS takes the one that does not overlap the VPC.
    private static let defaultServiceRanges: [CIDRBlock] = ["10.100.0.0/16", "172.20.0.0/16"]

    private static let rangesDoNotFit = Rule(
        "NET009", .error, "The ranges hold all subnets.",
        because: "Every zone needs a public, a control-plane and a node subnet of at least /28, and sizes are final.",
        source: "AWS docs: Subnet sizing; Prerequisites for using SageMaker HyperPod",
        reads: ["vpc.cidr", "vpc.secondary_cidrs", "vpc.availability_zones"]
    ) { context in
        // A range that no VPC may have is reported as that.
        let areLawful = context.vpcRanges.allSatisfy { NetworkPlanner.prefixLengths.contains($0.block.prefixLength) }
        guard areLawful, let problem = context.planningProblem else { return }
        context.report(problem.message, at: problem.path, fix: Diagnostic.Fix("take a larger range, or fewer zones"))
    }

    private static let unusedSecondaryRange = Rule(
        "NET010", .warning, "Every secondary range is used.",
        because: "A VPC has five ranges at most; one without subnets is wasted.", source: "AWS docs: Amazon VPC quotas",
        reads: ["vpc.secondary_cidrs", "vpc.availability_zones", "vpc.subnets"]
    ) { context in
        guard let plan = context.plan, plan.network != nil, !plan.subnets.isEmpty else { return }
        for (path, block) in context.vpcRanges.dropFirst() {
            let isUsed = plan.subnets.contains { $0.cidr.map { block.contains($0) } ?? false }
            if !isUsed { context.report("no subnet lies in \(block)", at: path, fix: Diagnostic.Fix("remove it")) }
        }
    }
}

/// Which ranges EC2 does not associate with each other (AWS docs: VPC CIDR blocks).
enum RangeRestriction {
    private static let benchmark: CIDRBlock = "198.19.0.0/16"

    /// Why a block may be refused beside a primary range; `nil` when nothing speaks against it.
    static func violated(by block: CIDRBlock, beside primary: CIDRBlock) -> String? {
        let ten: CIDRBlock = "10.0.0.0/8"
        let oneSevenTwo: CIDRBlock = "172.16.0.0/12"
        let oneNineTwo: CIDRBlock = "192.168.0.0/16"
        if block.overlaps(benchmark) { return "\(benchmark) is taken beside no private range" }
        if ten.contains(primary) {
            let low: CIDRBlock = "10.0.0.0/15"
            if low.contains(primary), block.overlaps("10.0.0.0/16") {
                return "beside 10.0.0.0/15 it takes no 10.0.0.0/16"
            }
            return block.overlaps(oneSevenTwo) || block.overlaps(oneNineTwo)
                ? "a VPC in 10.0.0.0/8 takes no 172.16.0.0/12 and no 192.168.0.0/16" : nil
        }
        if oneSevenTwo.contains(primary) {
            return block.overlaps(ten) || block.overlaps(oneNineTwo) || block.overlaps("172.31.0.0/16")
                ? "a VPC in 172.16.0.0/12 takes no 10.0.0.0/8, 192.168.0.0/16 and 172.31.0.0/16" : nil
        }
        if oneNineTwo.contains(primary) {
            return block.overlaps(ten) || block.overlaps(oneSevenTwo)
                ? "a VPC in 192.168.0.0/16 takes no 10.0.0.0/8 and no 172.16.0.0/12" : nil
        }
        return CIDRBlock.privateRanges.contains { $0.overlaps(block) }
            ? "a VPC outside the private ranges takes none of them" : nil
    }
}

extension RuleContext {
    /// Finds the ranges of a new VPC, the primary one first; none for an existing VPC.
    func locatedRanges() -> [(path: ConfigPath, block: CIDRBlock)] {
        guard stack.vpc.id == nil else { return [] }
        let secondary = stack.vpc.secondaryCIDRs.enumerated().map { index, block in
            (path: ("vpc.secondary_cidrs" as ConfigPath)[index], block: block)
        }
        return [("vpc.cidr", stack.vpc.cidr)] + secondary
    }

    /// Every range of the configuration with its place.
    var allRanges: [(path: ConfigPath, block: CIDRBlock)] {
        let subnets = stack.vpc.subnets.enumerated().compactMap { index, subnet in
            subnet.cidr.map { (path: ("vpc.subnets" as ConfigPath)[index] / "cidr", block: $0) }
        }
        let access = stack.eks.publicAccessCIDRs.enumerated().map { index, block in
            (path: ("eks.public_access_cidrs" as ConfigPath)[index], block: block)
        }
        let service = stack.eks.serviceIPv4CIDR.map { [(path: "eks.service_ipv4_cidr" as ConfigPath, block: $0)] } ?? []
        return vpcRanges + subnets + access + service
    }
}
