/// Settles what a hosted configuration leaves open, the same way on every machine and on every day.
///
/// `hyp` asks EC2 for zones and a generator of random numbers for names, so that no run of it can be repeated.
enum HostedPlanner {
    /// The region that a configuration is for: its own key, the caller's word, or the one in which its zones lie.
    static func region(of stack: HostedStack, asked: String?) -> Region? {
        if let region = stack.region { return region }
        if let asked { return Region(text: asked) }
        return writtenZones(of: stack).lazy.compactMap { Catalog.regions.region(of: $0) }.first
            .map { Region(text: $0.name) }
    }

    /// The zones of a new VPC: those named; otherwise the first two of the region in which EKS makes control planes,
    /// unless groups or the file system need others.
    static func zones(of stack: HostedStack, region: Region?) -> [ZoneID] {
        guard stack.availabilityZoneIDs.isEmpty else { return stack.availabilityZoneIDs }
        guard let region, let facts = Catalog.regions[region] else { return [] }
        let first = firstZones(of: region)
        let needed = writtenZones(of: stack).filter { facts.zones.contains($0.text) }.uniqued()
        if needed.allSatisfy(first.contains) { return first }
        let usable = needed.filter { !facts.zonesRefusedByEKS.contains($0.text) }.count
        let further = facts.zonesForControlPlane.map { ZoneID(text: $0) }.filter { !needed.contains($0) }
        return (needed + further.prefix(max(0, 2 - usable))).sorted { $0.text < $1.text }
    }

    /// The first two zones of a region in which EKS makes control planes; none for an unknown region.
    static func firstZones(of region: Region) -> [ZoneID] {
        (Catalog.regions[region]?.zonesForControlPlane ?? []).prefix(2).map { ZoneID(text: $0) }
    }

    /// The name of the stack.
    static func stackName(of stack: HostedStack, region: Region?) -> StackName {
        stack.stackName ?? StackName(text: "HyperpodClusterStack-\(digest(of: stack, region: region).prefix(5))")
    }

    /// The prefix of names with its suffix: the same for the same prefix, cluster name and region, so that a changed
    /// setting keeps the names of what is there.
    static func namePrefix(of stack: HostedStack, region: Region?) -> String {
        let suffix = stack.resourceNameSuffix?.text ?? String(digest(of: stack, region: region).prefix(4))
        return "\(stack.resourceNamePrefix.text)-\(suffix)"
    }

    private static func writtenZones(of stack: HostedStack) -> [ZoneID] {
        stack.availabilityZoneIDs + (stack.instanceGroupSettings + stack.rigSettings).compactMap(\.zone)
            + (stack.fsxAvailabilityZoneID.map { [$0] } ?? [])
    }

    /// FNV-1a over what names the stack, in hexadecimal: a digest that tells stacks apart and hides nothing.
    private static func digest(of stack: HostedStack, region: Region?) -> String {
        let parts = [
            stack.resourceNamePrefix.text, stack.hyperPodClusterName.text, region?.text ?? "",
            stack.stackName?.text ?? "",
        ]
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in parts.joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        // Folded, so that the first digits depend on every byte.
        hash ^= hash >> 32
        let digits = String(hash, radix: 16)
        let padded = String(repeating: "0", count: 16 - digits.count) + digits
        return String(padded.suffix(8))
    }
}
