internal import Diagnostics
internal import StackSchemas
internal import YAML

/// Every rule that anything of stackgen reports, as a page and one by one.
enum RulePage {
    /// A rule in words.
    private struct Entry {
        let id: String
        let severity: String
        let summary: String
        var reason: String?
        var source: String?
    }

    private static let families: [(title: String, entries: [Entry])] = [
        ("Reading YAML", YAMLRule.allCases.map { Entry(id: $0.id, severity: "error", summary: $0.summary) }),
        ("Reading JSON", [Entry(id: "JSON001", severity: "error", summary: "The text is not JSON.")]),
        (
            "The shape of a configuration",
            SchemaRule.allCases.map { Entry(id: $0.id, severity: "error", summary: $0.summary) }
        ),
        (
            "What a configuration means",
            RuleRegistry.all.map {
                Entry(
                    id: $0.id, severity: $0.severity.rawValue, summary: $0.summary, reason: $0.reason, source: $0.source
                )
            }
        ),
        ("The evaluated template", CFNRule.allCases.map { Entry(id: $0.id, severity: "error", summary: $0.summary) }),
        (
            "Projects, records and stacks",
            ProjectRule.allCases.map { Entry(id: $0.rawValue, severity: "error", summary: $0.summary) }
        ),
    ]

    /// The ids of all rules.
    static var ids: [String] { families.flatMap { $0.entries.map(\.id) } }

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
            for entry in family.entries {
                let cells = [entry.id, entry.severity, entry.summary, entry.reason ?? "", entry.source ?? ""]
                lines.append("| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One rule, for the terminal; `nil` when there is none of the id.
    static func explain(_ id: String) -> String? {
        guard let entry = families.flatMap(\.entries).first(where: { $0.id == id.uppercased() }) else { return nil }
        let lines = [
            "\(entry.id) (\(entry.severity)): \(entry.summary)", entry.reason, entry.source.map { "Source: \($0)" },
        ]
        return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }
}
