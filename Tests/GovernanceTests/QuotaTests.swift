import Foundation
import Testing

@testable import Governance

/// Shares and available quota, a file each.
@Suite struct QuotaTests {
    @Test func everyScenarioGivesWhatKueueGives() throws {
        let files = try CaseFile.all(in: "quota")
        #expect(files.count >= 5)
        for file in files {
            let (title, input, expected) = try CaseFile.read(file)
            let state = try Replay.quota(of: input)
            let name = "\(file.lastPathComponent): \(title)"
            for (queue, share) in expected["shares"] as? [String: Any] ?? [:] {
                let wanted = (share as? Double) ?? .infinity
                #expect(state[queue]?.share == wanted, "\(name)")
            }
            for (queue, amount) in expected["available"] as? [String: Int64] ?? [:] {
                #expect(state[queue]?.available == amount, "\(name)")
            }
            for (queue, amount) in expected["maximum"] as? [String: Int64] ?? [:] {
                #expect(state[queue]?.maximum == amount, "\(name)")
            }
        }
    }

    @Test(arguments: [
        ("4", "cpu", Int64(4000), "4"), ("500m", "cpu", 500, "500m"), ("1.5", "cpu", 1500, "1500m"),
        ("2Gi", "memory", 2_147_483_648, "2Gi"), ("1536Mi", "memory", 1_610_612_736, "1536Mi"),
        ("1500", "nvidia.com/gpu", 1500, "1500"), ("2000", "nvidia.com/gpu", 2000, "2k"),
        ("1e3", "nvidia.com/gpu", 1000, "1k"), ("100m", "nvidia.com/gpu", 1, "1"), ("0", "memory", 0, "0"),
        ("1.5Gi", "memory", 1_610_612_736, "1536Mi"), ("123456", "memory", 123_456, "123456"),
    ])
    func quantitiesAreThoseOfKubernetes(text: String, resource: String, amount: Int64, written: String) {
        #expect(Quantity.amount(text, of: resource) == amount)
        #expect(Quantity.text(amount, of: resource) == written)
    }

    @Test(arguments: ["", "x", "1x", "1.2.3", "--1", "1e99", "99999999999999999999", "9000000Ei", "Gi"])
    func whatIsNoQuantityIsNone(text: String) {
        #expect(Quantity.amount(text, of: "memory") == nil)
    }
}
