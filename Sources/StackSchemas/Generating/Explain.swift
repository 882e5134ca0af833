import Diagnostics
import YAML

/// Says what a field or a rule means, for the terminal.
public enum Explain {
    /// The explanation of a path such as `eks.version` or of a rule id such as `FSX004`; `nil` where there is neither.
    public static func text(for subject: String, kind: StackKind) -> String? {
        rule(subject.uppercased()) ?? field(subject, kind: kind)
    }

    /// Everything that can be explained, for suggestions and completions: paths first, then ids.
    public static func subjects(of kind: StackKind) -> [String] {
        kind.info.paths.map(\.path) + YAMLRule.allCases.map(\.id) + SchemaRule.allCases.map(\.id)
            + RuleRegistry.all.map(\.id)
    }

    private static func field(_ path: String, kind: StackKind) -> String? {
        let info = kind.info
        guard let field = info.field(at: path) else { return nil }
        var lines = [path, ""] + Wrapping.lines(field.summary, width: 78)
        lines.append("")
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            let body = Wrapping.lines(value, width: 66)
            lines.append(name.padded(to: 12) + (body.first ?? ""))
            lines += body.dropFirst().map { "".padded(to: 12) + $0 }
        }
        add("type", field.shape.described)
        add("allowed", field.shape.constraintDescription)
        add("unit", field.unit)
        add(
            "default",
            field.isRequired ? "none: required" : field.shape.record == nil ? field.defaultValue?.flowText : nil)
        add("example", field.example?.flowText)
        add("change", field.update.description)
        add("source", field.source)
        if case .record(let record) = field.shape { add("keys", record.fields.map(\.key).joined(separator: ", ")) }
        if case .list(.record(let record), _, _, _) = field.shape {
            add("item keys", record.fields.map(\.key).joined(separator: ", "))
        }
        if let flag = info.flags.first(where: { $0.path == path })?.flag { add("flag", flag) }
        let keys = (PathSegments.split(path) ?? []).filter { !$0.isBracketed }.map(\.name)
        let rules = RuleRegistry.all.filter { rule in rule.reads.contains { $0.keys == keys } }.map(\.id)
        add("rules", rules.joined(separator: ", ").nonEmpty)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rule(_ id: String) -> String? {
        if let rule = RuleRegistry.rule(id) {
            return page(id, rule.severity.rawValue, rule.summary, rule.reason, source: rule.source)
        }
        if let rule = SchemaRule(rawValue: id) { return page(id, "error", rule.summary, rule.reason, source: nil) }
        if let rule = YAMLRule(rawValue: id) { return page(id, "error", rule.summary, nil, source: nil) }
        return nil
    }

    private static func page(
        _ id: String, _ severity: String, _ summary: String, _ reason: String?, source: String?
    ) -> String {
        var lines = ["\(id) (\(severity))", ""] + Wrapping.lines(summary, width: 78)
        if let reason { lines += [""] + Wrapping.lines("Why: " + reason, width: 78) }
        if let source { lines += [""] + Wrapping.lines("Source: " + source, width: 78) }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    /// The text with blanks behind it up to a width.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
