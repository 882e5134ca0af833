internal import Diagnostics
internal import Jinja
internal import StackSchemas

/// What is generated from a kind's schema.
public enum Reference {
    /// The forms that there are.
    public enum Format: String, CaseIterable, Sendable {
        /// JSON Schema, draft 2020-12.
        case jsonSchema = "json-schema"
        /// Every key, as a Markdown page.
        case reference
        /// Every rule, as a Markdown page.
        case rules
        /// The schema as plain data.
        case info
        /// What the keys of `hyp` become in `cluster-stack`, as a Markdown table.
        case counterparts
    }

    /// The text of a form, ending in a newline.
    /// - Throws: `WorkflowError` when there is no such kind.
    public static func text(of kindName: String, _ format: Format) throws -> String {
        guard let kind = StackKind.named(kindName) else {
            throw WorkflowError(
                .usage, "there is no kind `\(kindName)`",
                advice: ["one of \(Initialize.kindNames.joined(separator: ", "))"])
        }
        switch format {
        case .jsonSchema: return JSONSchemaWriter.text(for: kind)
        case .reference: return ReferencePage.text(for: kind)
        case .rules: return RulePage.text
        case .counterparts: return HostedCounterparts.table
        case .info: return String(decoding: try RecordJSON.bytes(kind.info), as: UTF8.self)
        }
    }

    /// What a key or a rule means.
    /// - Throws: `WorkflowError` when there is neither of that name.
    public static func explain(_ subject: String) throws -> String {
        for kind in StackKind.all {
            if let text = Explain.text(for: subject, kind: kind) { return text }
        }
        if let text = RulePage.explain(subject) { return text }
        if let problem = ProblemDescription.all.first(where: { $0.id == subject.uppercased() }) {
            return "\(problem.id) (error): \(problem.summary)\n\(problem.advice)\n"
        }
        let known =
            StackKind.all.flatMap { Explain.subjects(of: $0) } + RulePage.ids + ProblemDescription.all.map(\.id)
        let nearest = Spelling.nearest(to: subject, in: known).map { ["did you mean `\($0)`?"] }
        throw WorkflowError(.usage, "there is no key and no rule `\(subject)`", advice: nearest ?? [])
    }
}
