internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The existing VPC and its subnets.
    static let network = PreflightCheck(name: "existing network") { subject in
        guard let vpc = subject.stack.vpc.id?.text else { return [] }
        let vpcs = try await subject.client.send(DescribeVpcsInput(vpcIDs: [vpc])).vpcs
        guard vpcs.contains(where: { $0.id == vpc }) else {
            return [subject.finding(.vpc, "there is no VPC `\(vpc)` in \(subject.region)", at: "vpc.id")]
        }
        let existing = subject.existingSubnets
        guard !existing.isEmpty else { return [] }
        let answer = try await subject.client.send(DescribeSubnetsInput(subnetIDs: existing.map(\.id)))
        let subnets = Dictionary(answer.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return existing.flatMap { subject.judge($0.subnet, subnets[$0.id], id: $0.id, in: vpc, at: $0.path) }
            + subject.missingAddresses(subnets)
    }
}

extension PreflightSubject {
    /// Addresses that EKS demands in each subnet of the control plane, and that it recommends.
    /// Source: "View Amazon EKS networking requirements for VPC and subnets", Amazon EKS User Guide.
    private static let controlPlaneAddresses = (least: 6, recommended: 16)

    fileprivate func judge(
        _ declared: VPCSettings.Subnet, _ found: DescribeSubnetsInput.Subnet?, id: String, in vpc: String,
        at path: String
    ) -> [Diagnostic] {
        guard let found else {
            return [finding(.subnet, "there is no subnet `\(id)` in \(region)", at: "\(path).id")]
        }
        var problems: [Diagnostic] = []
        if found.vpcID != vpc {
            problems.append(
                finding(.subnet, "the subnet `\(id)` is in `\(found.vpcID)`, not in `\(vpc)`", at: "\(path).id"))
        }
        if found.zoneID != declared.availabilityZone.text {
            problems.append(
                finding(
                    .subnet, "the subnet `\(id)` is in the zone \(found.zoneID), not in \(declared.availabilityZone)",
                    at: "\(path).availability_zone", fix: "write \(found.zoneID)"))
        }
        if declared.type == .nodes, found.mapsPublicAddresses {
            problems.append(
                finding(
                    .subnet, "the subnet `\(id)` gives public addresses; nodes of HyperPod need a private one",
                    at: "\(path).id", severity: .warning))
        }
        if declared.type == .controlPlane, makesControlPlane,
            found.availableAddresses < Self.controlPlaneAddresses.recommended
        {
            problems.append(
                finding(
                    .freeAddresses,
                    "the subnet `\(id)` has \(found.availableAddresses) free addresses; the control plane needs "
                        + "\(Self.controlPlaneAddresses.least), \(Self.controlPlaneAddresses.recommended) are recommended",
                    at: "\(path).id",
                    severity: found.availableAddresses < Self.controlPlaneAddresses.least ? .error : .warning))
        }
        return problems
    }

    /// Zone by zone, what the nodes take against what is free. Fewer addresses than network cards is an error; fewer
    /// than pods may use is a warning.
    fileprivate func missingAddresses(_ subnets: [String: DescribeSubnetsInput.Subnet]) -> [Diagnostic] {
        let nodeSubnets = existingSubnets.filter { $0.subnet.type == .nodes }
        let zones = Set(nodeSubnets.map { $0.subnet.availabilityZone.text }).sorted()
        return zones.compactMap { zone in
            let inZone = nodeSubnets.filter { $0.subnet.availabilityZone.text == zone }
            let free = inZone.compactMap { subnets[$0.id]?.availableAddresses }.reduce(0, +)
            // A group without a zone may come to any, and certainly to the only one.
            let groups = groups.filter { $0.zone == zone || ($0.zone == nil && zones.count == 1) }
            let least = groups.map { $0.added * max(1, $0.facts?.networkCards ?? 1) }.reduce(0, +)
            let most = groups.map { $0.added * ($0.facts?.maximumAddresses ?? 1) }.reduce(0, +)
            guard free < max(least, most), let first = inZone.first else { return nil }
            return finding(
                .freeAddresses,
                "the subnets of \(zone) have \(free) free addresses, and the nodes \(standing == nil ? "there" : "added") "
                    + "use up to \(max(least, most))",
                at: "\(first.path).id", severity: free < least ? .error : .warning,
                notes: groups.filter { $0.added > 0 }.map { "`\($0.name)`: \($0.added) nodes" })
        }
    }

    /// Whether EKS puts interfaces into the subnets: for a cluster that is there it has done so.
    private var makesControlPlane: Bool {
        guard let standing else { return true }
        return !compilation.evaluated.resources.contains {
            $0.type == "AWS::EKS::Cluster" && standing.has($0.logicalID, $0.type)
                && standing.actions[$0.logicalID] == nil
        }
    }
}
