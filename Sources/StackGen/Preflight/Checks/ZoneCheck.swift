internal import AWS
internal import Diagnostics
internal import StackSchemas

extension PreflightCheck {
    /// The zones of the configuration against those that the account has.
    static let zones = PreflightCheck(name: "zones") { subject in
        let zones = try await subject.client.send(DescribeAvailabilityZonesInput())
        let states = Dictionary(zones.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
        return subject.namedZones.compactMap { path, zone in
            switch states[zone] {
            case "available": nil
            case let state?:
                subject.finding(.zone, "the zone `\(zone)` is \(state)", at: path, severity: .warning)
            case nil:
                subject.finding(
                    .zone, "the account has no zone `\(zone)` in \(subject.region)", at: path,
                    notes: ["its zones are \(states.keys.sorted().joined(separator: ", "))"])
            }
        }
    }

    /// The instance types of the groups against what EC2 offers in their zones.
    static let offerings = PreflightCheck(name: "instance types in the zones") { subject in
        let types = Set(subject.groups.flatMap(\.types).map(\.ec2Name)).sorted()
        guard !types.isEmpty else { return [] }
        var zones: [String: Set<String>] = [:]
        var input = DescribeInstanceTypeOfferingsInput(instanceTypes: types)
        repeat {
            let page = try await subject.client.send(input)
            for offering in page.offerings { zones[offering.instanceType, default: []].insert(offering.zoneID) }
            input.nextToken = page.nextToken
        } while input.nextToken != nil
        return subject.groups.flatMap { subject.missingOfferings(of: $0, zones) }
    }
}

extension PreflightSubject {
    /// Every zone that is written, with its place; each once.
    fileprivate var namedZones: [(path: String, zone: String)] {
        let listed = stack.vpc.availabilityZones.enumerated().map { ("vpc.availability_zones[\($0)]", $1.text) }
        let subnets = stack.vpc.subnets.enumerated().map {
            ("vpc.subnets[\($0)].availability_zone", $1.availabilityZone.text)
        }
        let groups = groups.compactMap { group in group.zone.map { ("\(group.path).availability_zone", $0) } }
        var seen: Set<String> = []
        return (listed + subnets + groups).filter { seen.insert($0.1).inserted }
    }

    fileprivate func missingOfferings(of group: NodeDemand, _ zones: [String: Set<String>]) -> [Diagnostic] {
        let wanted = group.zone.map { [$0] } ?? compilation.config.plan?.nodeZones.map(\.text) ?? []
        guard group.added > 0, !wanted.isEmpty else { return [] }
        return group.types.compactMap { type in
            let offered = zones[type.ec2Name] ?? []
            guard offered.isDisjoint(with: wanted) else { return nil }
            let place = wanted.count == 1 ? wanted[0] : "any of \(wanted.joined(separator: ", "))"
            let others = offered.sorted().joined(separator: ", ")
            // With several types HyperPod takes the next one.
            return finding(
                .offering, "EC2 does not offer \(type.ec2Name) in \(place)", at: group.typePath,
                severity: group.types.count > 1 ? .warning : .error,
                notes: [offered.isEmpty ? "nor in another zone of \(region)" : "it is offered in \(others)"],
                fix: offered.isEmpty ? "choose another type or region" : "choose a zone that has it, or another type")
        }
    }
}

extension InstanceType {
    /// The name at EC2: `g5.12xlarge`.
    var ec2Name: String { text.hasPrefix("ml.") ? String(text.dropFirst(3)) : text }
}
