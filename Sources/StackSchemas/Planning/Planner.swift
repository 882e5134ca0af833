/// Draws everything from a configuration that follows from it.
enum Planner {
    /// The plan; throws where the ranges cannot hold the subnets.
    /// - Parameter groups: the summaries of the stack's groups, where they are made already.
    static func plan(
        _ stack: ClusterStack, groups: [GroupSummary]? = nil
    ) throws(NetworkPlanner.Problem) -> Plan {
        let subnets = try subnets(of: stack)
        return Plan(
            stackName: (stack.stack.name?.text ?? stack.name.text),
            eksClusterName: stack.eks.existingCluster?.text ?? stack.eks.name?.text ?? stack.name.text + "-eks",
            hyperPodClusterName: stack.hyperpod.clusterName?.text ?? stack.name.text,
            network: network(of: stack.vpc, subnets: subnets), subnets: subnets,
            fsxZone: fsxZone(of: stack, groups, subnets: subnets),
            helmBucket: stack.helm.bucket?.text
                ?? "aws-sagemaker-hyperpod-cluster-setup-\(stack.region.text)-prod",
            helmOperators: ChartOperators.switches(stack.helm.operators, region: stack.region),
            quotas: (stack.taskGovernance?.teams ?? []).map { QuotaPlan($0) },
            governsInStack: stack.missingGovernanceTypes.isEmpty)
    }

    private static func subnets(of stack: ClusterStack) throws(NetworkPlanner.Problem) -> [SubnetPlan] {
        let vpc = stack.vpc
        if vpc.id == nil, vpc.subnets.isEmpty {
            return vpc.availabilityZones.isEmpty ? [] : try NetworkPlanner.subnets(for: vpc, region: stack.region)
        }
        return VPCSettings.Subnet.Role.allCases.flatMap { role in
            vpc.subnets.filter { $0.type == role }.map { subnet in
                let range = vpc.id == nil ? subnet.cidr : nil
                return SubnetPlan(
                    type: role, zone: subnet.availabilityZone, cidr: subnet.cidr, id: vpc.id == nil ? nil : subnet.id,
                    secondaryCIDR: range.flatMap { range in vpc.secondaryCIDRs.first { $0.contains(range) } })
            }
        }
    }

    private static func network(of vpc: VPCSettings, subnets: [SubnetPlan]) -> NetworkPlan? {
        guard vpc.id == nil else { return nil }
        let publicZones = SubnetPlan.zones(of: subnets, type: .public)
        let natZones =
            switch vpc.natGateways {
            case .none: [] as [ZoneID]
            case .single: Array(publicZones.prefix(1))
            case .perZone: publicZones
            }
        return NetworkPlan(
            vpcCIDR: vpc.cidr, secondaryCIDRs: vpc.secondaryCIDRs, zones: subnets.map(\.zone).uniqued(),
            natZones: natZones)
    }

    /// The zone asked for, or that of the largest group with accelerators, or the first one with nodes: Lustre is
    /// read from one zone, and the work that reads most runs on accelerators.
    private static func fsxZone(
        of stack: ClusterStack, _ groups: [GroupSummary]?, subnets: [SubnetPlan]
    ) -> ZoneID? {
        guard let fsx = stack.fsx else { return nil }
        if let zone = fsx.availabilityZone { return zone }
        var best: (zone: ZoneID, accelerators: Int)?
        for group in groups ?? GroupSummary.all(of: stack) {
            guard let zone = group.zone else { continue }
            if group.accelerators > best?.accelerators ?? -1 { best = (zone, group.accelerators) }
        }
        return best?.zone ?? SubnetPlan.zones(of: subnets, type: .nodes).first
    }
}
