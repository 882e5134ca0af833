public import Foundation
internal import Governance

extension GovernanceSimulation {
    /// The simulation as text: timeline, tables, stories, promises, and what was assumed.
    public var text: String {
        let report = TextReport(input, result, history)
        var parts = [report.text, report.stories]
        if !expectations.isEmpty {
            parts.append(
                expectations.map { outcome in
                    let place = outcome.expectation.line > 0 ? "line \(outcome.expectation.line): " : ""
                    return outcome.failure.map { "  ✗ \(place)\(outcome.expectation.text): \($0)\n" }
                        ?? "  ✓ \(outcome.expectation.text)\n"
                }.joined())
        }
        parts.append(assumed)
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// What AWS does not document, and whether it matters here.
    private var assumed: String {
        var text = "Assumed, since AWS does not document it (--assume NAME=VALUE changes it):\n"
        for key in GovernanceAssumptions.Key.allCases {
            text += "  \(key.rawValue)=\(assumptions[key]): \(key.summary)\n"
            for other in sensitivities where other.key == key {
                text += "    this matters: with \(other.value) \(other.jobs) job(s) fare differently\n"
            }
        }
        return text
    }

    /// The simulation for machines.
    public func json() throws -> Data {
        try JSONReport(
            input, result, history, expectations: expectations,
            assumptions: Dictionary(
                uniqueKeysWithValues: GovernanceAssumptions.Key.allCases.map { ($0.rawValue, assumptions[$0]) }),
            sensitivities: sensitivities.map {
                ["assumption": $0.key.rawValue, "value": $0.value, "jobs": String($0.jobs)]
            }
        ).json() + [UInt8(ascii: "\n")]
    }

    /// The simulation as a page that needs nothing else, or as a picture alone.
    public func page(isPicture: Bool) -> String {
        let picture = TimelinePicture(input, result, history).svg
        return isPicture ? picture : PageReport.html(picture: picture, text: text)
    }
}
