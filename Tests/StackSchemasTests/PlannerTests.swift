import Diagnostics
import Foundation
import Testing

@testable import StackSchemas

/// Subnets, zones and quotas that follow from a configuration.
@Suite struct PlannerTests {
    private static let inputs = Golden.files(in: "plans", extension: "yaml")

    @Test(arguments: inputs) func plansAreKept(_ url: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: url))
        let checked = ConfigChecker.check(SourceFile(name: "config.yaml", bytes: bytes))
        let text = checked.plan.map { JSONText.pretty($0.configValue) } ?? TextRenderer().render(checked.diagnostics)
        try Golden.expect(text, at: url.deletingPathExtension().appendingPathExtension("json"))
    }

    /// For every prefix length and number of zones: everything lies inside, nothing overlaps, or it is said that it
    /// does not fit.
    @Test(arguments: 16...28) func subnetsLieInsideAndApart(_ length: Int) {
        for zones in 2...6 {
            for secondary in 0...4 {
                var vpc = VPCSettings()
                vpc.cidr = CIDRBlock(address: 0x0AC0_0000, prefixLength: length)
                vpc.secondaryCIDRs = (0..<secondary).map {
                    CIDRBlock(address: 0x6440_0000 + UInt32($0) << 16, prefixLength: length)
                }
                vpc.availabilityZones = (1...zones).map { ZoneID(text: "use1-az\($0)") }
                guard let subnets = try? NetworkPlanner.subnets(for: vpc, region: "us-east-1") else {
                    #expect(length >= 22, "/\(length) should hold \(zones) zones")
                    continue
                }
                let blocks = subnets.compactMap(\.cidr)
                let ranges = [vpc.cidr] + vpc.secondaryCIDRs
                #expect(blocks.count == subnets.count)
                #expect(blocks.allSatisfy { block in ranges.contains { $0.contains(block) } })
                #expect(blocks.allSatisfy { (16...28).contains($0.prefixLength) && $0.isCanonical })
                for (index, block) in blocks.enumerated() {
                    #expect(!blocks[..<index].contains { $0.overlaps(block) })
                }
                #expect(subnets.filter { $0.type == .nodes }.map(\.zone) == vpc.availabilityZones)
                #expect(
                    subnets.filter { $0.type == .controlPlane }.count
                        == vpc.availabilityZones.filter { $0 != "use1-az3" }.count)
            }
        }
    }

    @Test func zoneCodesFollowFromRegions() {
        for region in Catalog.regions.all {
            for zone in region.zones {
                #expect(ZoneID(text: zone).regionCode == ZoneID.regionCode(of: Region(text: region.name)))
            }
        }
    }

    @Test func partsOfQuotasAreFilledIn() {
        var quota = ResourceQuota()
        quota.instanceType = "ml.p5.48xlarge"
        quota.accelerators = 2
        let filled = QuotaPlan.filled(quota)
        #expect(filled.vcpu == 48)
        #expect(filled.memoryGiB == 512)
    }

    @Test func addressesOfAP5AreAsDocumented() {
        #expect(Catalog.instanceTypes["ml.p5.48xlarge"]?.maximumAddresses == 81)
        #expect(Catalog.instanceTypes["ml.p5.48xlarge"]?.maximumPods == 49)
    }
}
