import Diagnostics

/// What is known about a region.
///
/// One object a region, handed out by the catalog: rules ask for it all the time.
public final class RegionFacts: Sendable {
    /// The name of the region.
    public let name: String
    /// The CloudFormation types of SageMaker that the region's registry has.
    public let cloudFormationTypes: Set<String>
    /// Whether FSx offers PERSISTENT_2 on SSD.
    public let hasPersistent2: Bool
    /// Whether the health monitoring agent has an image of its own there.
    public let hasHealthAgentImage: Bool
    /// Zones in which EKS makes no control plane.
    public let zonesRefusedByEKS: [String]
    /// The ids of its zones.
    public let zones: [String]

    /// Reads a line of the catalog; `nil` for one of another form.
    init?(_ line: Substring, zones: [String: [String]]) {
        let columns = CatalogText.columns(line)
        guard columns.count == 7 else { return nil }
        name = columns[0]
        cloudFormationTypes = Set(zip(Self.types, columns[1...3]).filter { $0.1 == "yes" }.map(\.0))
        hasPersistent2 = columns[4] == "yes"
        hasHealthAgentImage = columns[5] == "yes"
        zonesRefusedByEKS = columns[6].split(separator: " ").map(String.init)
        self.zones = zones[name] ?? []
    }

    /// The types of the columns.
    private static let types = [
        "AWS::SageMaker::Cluster", "AWS::SageMaker::ComputeQuota", "AWS::SageMaker::ClusterSchedulerConfig",
    ]

    /// Zones in which EKS makes a control plane.
    public var zonesForControlPlane: [String] { zones.filter { !zonesRefusedByEKS.contains($0) } }
}

/// Regions with their zones and the machine types offered there.
public struct RegionCatalog: Sendable {
    /// All regions in the order of the alphabet.
    public let all: [RegionFacts]
    private let byName: [String: RegionFacts]
    private let regionOfZone: [String: RegionFacts]
    /// What stands behind each zone, taken apart only when asked for: start-up is part of every run.
    private let zoneOfferings: [String: Substring]
    /// The same for HyperPod in each region.
    private let regionOfferings: [String: Substring]

    init(regions: [UInt8], zoneOfferings bytes: [UInt8], regionOfferings: [UInt8]) {
        var zones: [String: [String]] = [:]
        var offerings: [String: Substring] = [:]
        var region = ""
        for line in CatalogText.lines(bytes) {
            guard line.hasPrefix(" "), let colon = line.firstIndex(of: ":") else {
                region = String(line)
                continue
            }
            let zone = String(line[line.index(after: line.startIndex)..<colon])
            let offered = line[line.index(after: colon)...]
            zones[region, default: []].append(zone)
            if offered != " ?" { offerings[zone] = offered }
        }
        all = CatalogText.lines(regions).compactMap { RegionFacts($0, zones: zones) }
        zoneOfferings = offerings
        self.regionOfferings = Dictionary(
            CatalogText.lines(regionOfferings).compactMap { line in
                line.firstIndex(of: ":").map { (String(line[..<$0]), line[line.index(after: $0)...]) }
            }, uniquingKeysWith: { one, _ in one })
        byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
        regionOfZone = Dictionary(
            all.flatMap { region in region.zones.map { ($0, region) } }, uniquingKeysWith: { one, _ in one })
    }

    /// The facts of a region; `nil` for a region that is not in the catalog.
    public subscript(region: Region) -> RegionFacts? { byName[region.text] }

    /// The region that a zone lies in; `nil` for a zone that is not in the catalog.
    public func region(of zone: ZoneID) -> RegionFacts? { regionOfZone[zone.text] }

    /// Whether EC2 offers a machine type in a zone; `nil` where that is not known.
    public func offers(_ type: InstanceType, in zone: ZoneID) -> Bool? {
        Self.offers(type, zoneOfferings[zone.text])
    }

    /// Whether HyperPod offers a machine type in a region; `nil` where that is not known.
    public func offers(_ type: InstanceType, in region: Region) -> Bool? {
        Self.offers(type, regionOfferings[region.text])
    }

    private static func offers(_ type: InstanceType, _ offered: Substring?) -> Bool? {
        guard let facts = type.facts, let offered else { return nil }
        return offered.hasWord(facts.name, or: facts.family)
    }

    /// The zones of a region in which EC2 offers a machine type.
    public func zones(offering type: InstanceType, in region: Region) -> [String] {
        (self[region]?.zones ?? []).filter { offers(type, in: ZoneID(text: $0)) == true }
    }

    /// The regions whose CloudFormation registry has all these types.
    public func regions(with types: some Collection<String>) -> [String] {
        all.filter { $0.cloudFormationTypes.isSuperset(of: types) }.map(\.name)
    }

    /// The region that was probably meant.
    public func nearest(to text: String) -> String? { Spelling.nearest(to: text, in: all.map(\.name)) }
}

extension Substring {
    /// Whether one of two words stands in a list of words with one blank between them. Nothing is made for that: every
    /// group of every configuration asks several times.
    fileprivate func hasWord(_ first: String, or second: Substring) -> Bool {
        var (text, one, other) = (self, first, second)
        return text.withUTF8 { text in one.withUTF8 { one in other.withUTF8 { text.hasWord(one, or: $0) } } }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func hasWord(_ first: Self, or second: Self) -> Bool {
        var start = 0
        while start < count {
            var end = start
            while end < count, self[end] != UInt8(ascii: " ") { end += 1 }
            let length = end - start
            if length == first.count || length == second.count {
                let word = self[start..<end]
                if word.elementsEqual(first) || word.elementsEqual(second) { return true }
            }
            start = end + 1
        }
        return false
    }
}
