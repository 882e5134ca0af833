import Diagnostics

/// The addresses that a node subnet has to give, item by item.
struct AddressDemand {
    /// One line of the sum.
    struct Item {
        /// Written out only where somebody reads the sum.
        var name: @Sendable () -> String
        /// Without which nodes do not start.
        var least: Int
        /// With every pod running.
        var full: Int
    }

    let zone: ZoneID
    let block: CIDRBlock
    let path: ConfigPath
    private(set) var items: [Item] = []

    var subnetName: String { "node subnet \(block) (\(zone))" }
    var available: Int { block.usableAddressCount }
    var leastAddresses: Int { items.reduce(0) { $0 + $1.least } }
    var fullAddresses: Int { items.reduce(0) { $0 + $1.full } }

    var fix: Diagnostic.Fix {
        Diagnostic.Fix("take a larger range, add a range to `vpc.secondary_cidrs`, or spread the groups over zones")
    }

    /// The sum, written out.
    func notes(_ part: KeyPath<Item, Int>) -> [Diagnostic.Note] {
        let terms = items.filter { $0[keyPath: part] > 0 }.map { "\($0[keyPath: part]) for \($0.name())" }
        return [Diagnostic.Note(terms.joined(separator: " + "))]
    }

    /// What every node subnet with a known range has to give.
    ///
    /// A group without a zone is counted where most room is left: HyperPod puts it into one subnet of its choice.
    static func all(_ context: RuleContext) -> [AddressDemand] {
        guard let plan = context.plan else { return [] }
        var explicit = context.stack.vpc.subnets.enumerated().filter { $0.element.type == .nodes }.map(\.offset)[...]
        var demands: [AddressDemand] = []
        for subnet in plan.subnets where subnet.type == .nodes {
            let index = explicit.popFirst()
            guard let block = subnet.cidr else { continue }
            let path = index.map { ("vpc.subnets" as ConfigPath)[$0] / "cidr" } ?? place(of: subnet, context)
            demands.append(AddressDemand(zone: subnet.zone, block: block, path: path))
        }
        guard !demands.isEmpty else { return [] }
        for (zone, item) in items(context, plan) {
            let candidates = demands.indices.filter { zone == nil || demands[$0].zone == zone }
            let room = { (index: Int) in demands[index].available - demands[index].fullAddresses }
            guard let target = candidates.max(by: { room($0) < room($1) }) else { continue }
            demands[target].items.append(item)
        }
        return demands
    }

    private static func place(of subnet: SubnetPlan, _ context: RuleContext) -> ConfigPath {
        guard let range = subnet.secondaryCIDR,
            let index = context.stack.vpc.secondaryCIDRs.firstIndex(of: range)
        else { return "vpc.cidr" }
        return ("vpc.secondary_cidrs" as ConfigPath)[index]
    }

    /// Groups with a zone come first, so that those without one find the room that is really left.
    private static func items(_ context: RuleContext, _ plan: Plan) -> [(ZoneID?, Item)] {
        let groups = context.groups.filter { $0.zone != nil } + context.groups.filter { $0.zone == nil }
        var items: [(ZoneID?, Item)] = []
        for group in groups {
            guard let facts = group.facts, let addresses = facts.maximumAddresses, group.count > 0 else { continue }
            // A replacement is started before the node that it replaces is gone.
            let spare = facts.accelerators > 0 ? addresses : 0
            items.append(
                (
                    group.zone,
                    Item(
                        name: { "\(group.count) × \(group.types[0]) of `\(group.name)`" },
                        least: group.count * max(1, facts.networkCards),
                        full: group.count * addresses + spare)
                ))
        }
        if let fsx = context.stack.fsx, fsx.existingFileSystemID == nil {
            let servers = fsx.networkInterfaceCount
            items.insert((plan.fsxZone, Item(name: { "the servers of FSx" }, least: servers, full: servers)), at: 0)
        }
        let endpoints = context.stack.vpc.interfaceEndpoints.count
        if endpoints > 0, context.stack.vpc.id == nil {
            let item = Item(name: { "interface endpoints" }, least: endpoints, full: endpoints)
            items.insert(contentsOf: plan.nodeZones.map { ($0, item) }, at: 0)
        }
        return items
    }
}

extension FSxSettings {
    /// The addresses that the file system takes: one for each object server and each metadata server
    /// (AWS docs: Deployment and storage class options for FSx for Lustre file systems).
    var networkInterfaceCount: Int {
        let perServer = deploymentType == .scratch1 ? 3600 : 2400
        let objectServers = max(1, ((storageGiB ?? 0) + perServer - 1) / perServer)
        let metadataServers = max(1, ((metadata?.iops ?? 0) + 11_999) / 12_000)
        return objectServers + metadataServers
    }
}
