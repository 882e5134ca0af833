internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The quotas of VPCs, Elastic IPs and network interfaces against what is there and what is added.
    static let networkQuotas = PreflightCheck(name: "network quotas") { subject in
        try await subject.each(subject.networkDemands, at: { $0.path }) { demand in
            let input = GetServiceQuotaInput(serviceCode: demand.service, quotaCode: demand.code)
            let quota = try await subject.client.send(input).quota
            let used = try await demand.used(subject.client)
            guard used + demand.count > Int(quota.value) else { return [] }
            return [
                subject.finding(
                    .networkQuota,
                    "the quota `\(quota.quotaName)` is \(Int(quota.value)), \(used) are in use, and \(demand.count) "
                        + "\(demand.count == 1 ? "is" : "are") needed", at: demand.path,
                    fix: ServiceQuota.request(demand.service, quota, used + demand.count))
            ]
        }
    }
}

/// How many of something of EC2 the stack adds.
private struct NetworkDemand: Sendable {
    let service: String
    /// Codes as Service Quotas lists them; that of interfaces also stands in the prerequisites of HyperPod.
    let code: String
    let path: String
    let count: Int
    let used: @Sendable (AWSClient) async throws -> Int
}

extension PreflightSubject {
    fileprivate var networkDemands: [NetworkDemand] {
        var demands: [NetworkDemand] = []
        if let network = compilation.config.plan?.network {
            let (networks, addresses) = (present("AWS::EC2::VPC"), present("AWS::EC2::EIP"))
            demands.append(
                NetworkDemand(service: "vpc", code: "L-F678F1CE", path: "vpc.cidr", count: 1 - networks) { client in
                    try await client.vpcCount()
                })
            demands.append(
                NetworkDemand(
                    service: "ec2", code: "L-0263D0A3", path: "vpc.nat_gateways",
                    count: network.natZones.count - addresses
                ) { try await $0.send(DescribeAddressesInput()).count })
        }
        // Each node has one interface on each network card.
        let interfaces = groups.map { $0.added * max(1, $0.facts?.networkCards ?? 1) }.reduce(0, +)
        let path = stack.instanceGroups.isEmpty ? "restricted_instance_groups" : "instance_groups"
        demands.append(
            NetworkDemand(service: "vpc", code: "L-DF5E4CA3", path: path, count: interfaces) { client in
                try await client.networkInterfaceCount()
            })
        return demands.filter { $0.count > 0 }
    }

    /// How many of a type the stack has already.
    private func present(_ type: String) -> Int {
        guard let standing else { return 0 }
        return standing.unreadable == nil ? standing.physicalIDs(ofType: type).count : .max / 2
    }
}
