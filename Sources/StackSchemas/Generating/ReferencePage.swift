import Diagnostics

/// Writes the reference of a kind: every key with its type, default, limits and meaning, as Markdown.
public enum ReferencePage {
    /// The page with a final newline.
    public static func text(for kind: StackKind) -> String {
        let info = kind.info
        var lines = [
            "# Reference: \(info.kind) \(info.version)", "",
            "Generated from the schema. Every key of `config.yaml`, its type, default, limits, and what changing it does",
            "to a stack that exists.", "",
        ]
        var pending = [(path: "", record: info.root)]
        while !pending.isEmpty {
            let (path, record) = pending.removeFirst()
            lines += section(path, record)
            let inner: [(path: String, record: RecordInfo)] = record.fields.compactMap { field in
                field.shape.record.map { (path: Self.join(path, field), record: $0) }
            }
            pending = inner + pending
        }
        return (lines + rules()).joined(separator: "\n") + "\n"
    }

    private static func join(_ path: String, _ field: FieldInfo) -> String {
        let name = path.isEmpty ? field.key : "\(path).\(field.key)"
        if case .list = field.shape { return name + "[]" }
        return name
    }

    private static func section(_ path: String, _ record: RecordInfo) -> [String] {
        var lines = [path.isEmpty ? "## Top level" : "## `\(path)`", "", record.summary, ""]
        lines += ["| Key | Type | Default | Meaning | Change |", "| --- | --- | --- | --- | --- |"]
        for field in record.fields {
            let type = [field.shape.described, field.shape.constraintDescription].compactMap { $0 }.uniqued()
            let value = field.isRequired ? "required" : field.shape.record != nil ? "" : code(field.defaultValue)
            let unit = field.unit.map { " Unit: \($0)." } ?? ""
            let source = field.source.map { " _\($0)_" } ?? ""
            let cells = [
                "`\(field.key)`", type.joined(separator: "; "), value, field.summary + unit + source,
                field.update.description,
            ]
            lines.append("| " + cells.map(escaped).joined(separator: " | ") + " |")
        }
        return lines + [""]
    }

    private static func code(_ value: ConfigValue?) -> String { value.map { "`\($0.flowText)`" } ?? "none" }

    private static func escaped(_ cell: String) -> String {
        cell.replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }

    private static func rules() -> [String] {
        var lines = ["## Rules", "", "| Id | Severity | Demands | Because |", "| --- | --- | --- | --- |"]
        for rule in SchemaRule.allCases {
            lines.append("| \(rule.id) | error | \(escaped(rule.summary)) | \(escaped(rule.reason)) |")
        }
        for rule in RuleRegistry.all {
            let reason = "\(rule.reason) _\(rule.source)_"
            lines.append("| \(rule.id) | \(rule.severity.rawValue) | \(escaped(rule.summary)) | \(escaped(reason)) |")
        }
        return lines
    }
}
