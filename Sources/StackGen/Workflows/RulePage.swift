internal import Diagnostics
internal import StackSchemas
internal import YAML

/// Every rule that anything of stackgen reports, as a page and one by one.
enum RulePage {
    private static let families: [(title: String, rules: [RuleDescription])] = [
        ("Reading YAML", YAMLRule.allCases.map { error($0.id, $0.summary) }),
        ("Reading JSON", [error("JSON001", "The text is not JSON.")]),
        ("The shape of a configuration", SchemaRule.allCases.map { error($0.id, $0.summary, because: $0.reason) }),
        (
            "What a configuration means",
            RuleRegistry.all.map {
                RuleDescription(
                    id: $0.id, severity: $0.severity, summary: $0.summary, reason: $0.reason, source: $0.source)
            }
        ),
        (
            "AWS's published stack",
            HostedRule.allCases.map {
                RuleDescription(
                    id: $0.id, severity: $0.severity, summary: $0.summary, reason: $0.reason, source: $0.source)
            }
        ),
        (
            "A policy and its cluster",
            PolicyRule.allCases.map {
                RuleDescription(
                    id: $0.id, severity: $0.severity, summary: $0.summary, reason: $0.reason, source: $0.source)
            }
        ),
        (
            "The evaluated template",
            CFNRule.allCases.map { error($0.id, $0.summary, because: $0.reason, source: $0.source) }
        ),
        (
            "What AWS knows before anything is sent",
            PreflightRule.allCases.map {
                RuleDescription(
                    id: $0.rawValue, severity: $0.severity, summary: $0.summary, reason: $0.reason, source: $0.source)
            }
        ),
        ("Projects, records and stacks", ProjectRule.allCases.map { error($0.rawValue, $0.summary) }),
    ]

    private static func error(
        _ id: String, _ summary: String, because reason: String? = nil, source: String? = nil
    ) -> RuleDescription {
        RuleDescription(id: id, severity: .error, summary: summary, reason: reason, source: source)
    }

    /// All rules in words.
    static var descriptions: [RuleDescription] { families.flatMap(\.rules) }

    /// The ids of all rules.
    static var ids: [String] { descriptions.map(\.id) }

    /// The page, ending in a newline.
    static var text: String {
        var lines = [
            "# Rules", "",
            "Generated from the rules themselves. The ids are stable. `stackgen explain FSX004` says the same at the",
            "terminal; ids of the template engine (`JINJA…`) are in [jinja-compatibility.md](../jinja-compatibility.md).",
        ]
        for family in families {
            lines += [
                "", "## \(family.title)", "", "| Id | Severity | What it demands | Why | Source |",
                "|---|---|---|---|---|",
            ]
            for rule in family.rules {
                let cells = [rule.id, rule.severity.rawValue, rule.summary, rule.reason ?? "", rule.source ?? ""]
                lines.append("| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One rule, for the terminal; `nil` when there is none of the id.
    static func explain(_ id: String) -> String? {
        guard let rule = descriptions.first(where: { $0.id == id.uppercased() }) else { return nil }
        let lines = [
            "\(rule.id) (\(rule.severity.rawValue)): \(rule.summary)", rule.reason, rule.source.map { "Source: \($0)" },
        ]
        return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }
}
