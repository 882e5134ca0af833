import Diagnostics

extension Rule {
    /// Regions and zones.
    static let zones = [
        zoneOfRegion, unknownRegion, unknownZone, zonesMissing, repeatedZone, controlPlaneZones, refusedZone,
    ]

    private static let zoneOfRegion = Rule(
        "NET020", .error, "Every zone lies in the region.",
        because: "CloudFormation makes all subnets in one region; another region's zone id is refused.",
        source: "AWS docs: AZ IDs for your AWS resources", reads: ["region"] + zonePaths
    ) { context in
        let region = context.stack.region
        if Catalog.regions[region] == nil, let place = context.regionOfZones {
            // One wrong region, not as many wrong zones.
            context.report(
                "region \(region) is not in the catalog, and zone \(place.zone) lies in \(place.region)", at: "region",
                notes: [context.note("the zone is chosen here", at: place.path)],
                fix: context.replacement(of: "region", with: place.region))
            return
        }
        for (path, zone) in context.allZones {
            let known = Catalog.regions.region(of: zone)
            let isElsewhere = known.map { $0.name != region.text } ?? (zone.regionCode != ZoneID.regionCode(of: region))
            guard isElsewhere else { continue }
            let zones = Catalog.regions[region]?.zones ?? []
            let place = known.map { "in \($0.name), " } ?? ""
            let list = zones.isEmpty ? "" : ": its zones are \(zones.joined(separator: ", "))"
            context.report(
                "zone \(zone) lies \(place)not in \(region)\(list)", at: path,
                notes: [context.note("the region is chosen here", at: "region")])
        }
    }

    private static let unknownRegion = Rule(
        "NET021", .warning, "The region is known.",
        because: "For a region newer than the catalog neither zones nor offers of machine types can be checked.",
        source: "AWS docs: AWS Regions", reads: ["region"] + zonePaths
    ) { context in
        guard Catalog.regions[context.stack.region] == nil, context.regionOfZones == nil else { return }
        let nearest = Catalog.regions.nearest(to: context.stack.region.text)
        context.report(
            "region \(context.stack.region) is not in the catalog", at: "region",
            label: nearest.map { "did you mean `\($0)`?" },
            fix: nearest.map { context.replacement(of: "region", with: $0) })
    }

    private static let unknownZone = Rule(
        "NET022", .warning, "Every zone is known.",
        because: "A zone newer than the catalog cannot be checked; most often the id is misspelt.",
        source: "AWS docs: AZ IDs for your AWS resources", reads: ["region"] + zonePaths
    ) { context in
        guard let region = Catalog.regions[context.stack.region], !region.zones.isEmpty else { return }
        for (path, zone) in context.allZones
        where !region.zones.contains(zone.text) && zone.regionCode == ZoneID.regionCode(of: context.stack.region) {
            context.report(
                "\(region.name) has no zone \(zone) in the catalog", at: path,
                notes: [Diagnostic.Note("its zones are \(region.zones.joined(separator: ", "))")])
        }
    }

    private static let zonesMissing = Rule(
        "NET023", .error, "A new VPC has its zones named.",
        because: "Which zones have the machine types that are wanted is not for stackgen to guess.",
        source: "AWS docs: Prerequisites for using SageMaker HyperPod",
        reads: ["vpc.id", "vpc.availability_zones", "vpc.subnets", "region"]
    ) { context in
        let vpc = context.stack.vpc
        guard vpc.id == nil, vpc.availabilityZones.isEmpty, vpc.subnets.isEmpty else { return }
        let zones = Catalog.regions[context.stack.region]?.zonesForControlPlane.prefix(2).joined(separator: ", ")
        context.report(
            "a new VPC needs `availability_zones`", at: "vpc.availability_zones",
            fix: Diagnostic.Fix("add `availability_zones: [\(zones ?? "two zone ids")]` under `vpc`"))
    }

    private static let repeatedZone = Rule(
        "NET024", .error, "No zone is named twice.", because: "Subnets are planned once for every zone.",
        source: "AWS docs: View Amazon EKS networking requirements for VPC and subnets",
        reads: ["vpc.availability_zones"]
    ) { context in
        let zones = context.stack.vpc.availabilityZones
        for (index, zone) in zones.enumerated() {
            guard let first = zones[..<index].firstIndex(of: zone) else { continue }
            let list: ConfigPath = "vpc.availability_zones"
            context.report(
                "zone \(zone) is named twice", at: list[index], notes: [context.note("first here", at: list[first])],
                fix: Diagnostic.Fix("remove one of them"))
        }
    }

    private static let controlPlaneZones = Rule(
        "NET025", .error, "A new EKS cluster has subnets in at least two zones in which EKS makes control planes.",
        because: "EKS refuses subnets of fewer than two zones, and makes no control plane in some zones.",
        source: "AWS docs: View Amazon EKS networking requirements for VPC and subnets",
        reads: ["region", "vpc.id", "vpc.availability_zones", "vpc.subnets", "eks.existing_cluster"]
    ) { context in
        let stack = context.stack
        let isPlanned = stack.vpc.subnets.isEmpty
        if isPlanned, stack.vpc.id != nil || stack.vpc.availabilityZones.isEmpty { return }
        guard stack.eks.existingCluster == nil else { return }
        let zones =
            isPlanned
            ? stack.vpc.availabilityZones
            : stack.vpc.subnets.filter { $0.type == .controlPlane }.map(\.availabilityZone)
        // What is named twice is reported as that.
        guard !isPlanned || zones.uniqued().count == zones.count else { return }
        let refused = Catalog.regions[stack.region]?.zonesRefusedByEKS ?? []
        let usable = zones.uniqued().filter { !refused.contains($0.text) }
        guard usable.count < 2 else { return }
        let why = zones.contains { refused.contains($0.text) } ? "; EKS makes no control plane in \(refused[0])" : ""
        context.report(
            "EKS needs two zones for its control plane, here \(usable.isEmpty ? "is none" : "is only \(usable[0])")\(why)",
            at: isPlanned ? "vpc.availability_zones" : "vpc.subnets",
            fix: Diagnostic.Fix(
                isPlanned ? "name a further zone" : "add a subnet of type `control_plane` in a further zone"))
    }

    private static let refusedZone = Rule(
        "NET026", .error, "No control-plane subnet lies in a zone that EKS refuses.",
        because: "EKS answers with an unsupported-zone exception.",
        source: "AWS docs: View Amazon EKS networking requirements for VPC and subnets",
        reads: ["region", "vpc.subnets", "eks.existing_cluster"]
    ) { context in
        let refused = Catalog.regions[context.stack.region]?.zonesRefusedByEKS ?? []
        guard context.stack.eks.existingCluster == nil else { return }
        for (index, subnet) in context.stack.vpc.subnets.enumerated()
        where subnet.type == .controlPlane && refused.contains(subnet.availabilityZone.text) {
            context.report(
                "EKS makes no control plane in zone \(subnet.availabilityZone)",
                at: ("vpc.subnets" as ConfigPath)[index] / "availability_zone")
        }
    }

    private static let zonePaths: [ConfigPath] = [
        "vpc.availability_zones", "vpc.subnets.availability_zone", "instance_groups.availability_zone",
        "restricted_instance_groups.availability_zone", "fsx.availability_zone",
    ]
}

extension RuleContext {
    /// The first zone that the catalog has, and the region it lies in.
    fileprivate var regionOfZones: (path: ConfigPath, zone: ZoneID, region: String)? {
        for (path, zone) in allZones {
            if let region = Catalog.regions.region(of: zone) { return (path, zone, region.name) }
        }
        return nil
    }

    /// Finds every zone.
    func locatedZones() -> [(path: ConfigPath, zone: ZoneID)] {
        let vpc = stack.vpc.availabilityZones.enumerated().map { index, zone in
            (path: ("vpc.availability_zones" as ConfigPath)[index], zone: zone)
        }
        let subnets = stack.vpc.subnets.enumerated().map { index, subnet in
            (path: ("vpc.subnets" as ConfigPath)[index] / "availability_zone", zone: subnet.availabilityZone)
        }
        let groups = groups.compactMap { group in
            group.zone.map { (path: group.path / "availability_zone", zone: $0) }
        }
        let fsx = stack.fsx?.availabilityZone.map { [(path: "fsx.availability_zone" as ConfigPath, zone: $0)] } ?? []
        return vpc + subnets + groups + fsx
    }
}
