import Foundation
import Governance
import Testing

/// One scheduling cycle over the scenarios of Kueue's own tests, a file each.
@Suite struct CycleTests {
    @Test func everyScenarioGivesWhatKueueGives() throws {
        let files = try CaseFile.all(in: "cycle")
        #expect(files.count >= 160)
        for file in files {
            let (title, input, expected) = try CaseFile.read(file)
            let answer = try Replay.run(input)
            let name = "\(file.lastPathComponent): \(title)"
            #expect(answer.admitted.map(\.name).sorted() == (expected["admitted"] as? [String])?.sorted(), "\(name)")
            #expect(
                answer.preempted.map { "\($0.name) \($0.reason) by \($0.by)" }.sorted()
                    == Self.preempted(expected).sorted(), "\(name)")
            #expect(
                answer.pending.map { "\($0.name): \($0.message)" }.sorted() == Self.pending(expected).sorted(),
                "\(name)")
        }
    }

    @Test func theSameInputGivesTheSameBytes() throws {
        for file in try CaseFile.all(in: "cycle") {
            let input = try CaseFile.read(file).input
            #expect(try Replay.run(input).json() == Replay.run(input).json())
        }
    }

    private static func preempted(_ expected: [String: Any]) -> [String] {
        (expected["preempted"] as? [[String: String]] ?? []).map {
            "\($0["name"] ?? "") \($0["reason"] ?? "") by \($0["by"] ?? "")"
        }
    }

    private static func pending(_ expected: [String: Any]) -> [String] {
        (expected["pending"] as? [[String: String]] ?? []).map { "\($0["name"] ?? ""): \($0["message"] ?? "")" }
    }
}
