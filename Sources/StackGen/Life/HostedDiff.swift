internal import AWS
internal import StackSchemas
internal import YAML

extension StackDiff {
    /// A parameter of the published template with another value.
    public struct ParameterChange: Codable, Sendable, Equatable {
        /// The parameter.
        public let name: String
        /// Its value as deployed or recorded; `nil` where there was none.
        public let was: String?
        /// The value that the configuration asks for; `nil` where it asks for none.
        public let now: String?
    }
}

/// Compares hosted stacks, of which the configuration says the parameters alone: the template is AWS's own.
enum HostedDiff {
    /// Compares with the parameters of a record.
    /// - Throws: `DiagnosticError` when either document is none of parameters.
    static func report(
        _ compilation: Compilation, recorded: EvaluatedTemplate, base: String, name: String, settings: [String]
    ) throws -> StackDiff.Report {
        let old = try values(recorded)
        let new = try values(compilation.evaluated)
        return report(old, new, base: base, name: name, settings: settings)
    }

    /// Compares with the parameters of a stack. What the configuration leaves out has the default of the template that
    /// the stack was made with.
    /// - Throws: `DiagnosticError` when the configuration evaluates to no document of parameters.
    static func report(
        _ compilation: Compilation, deployed stack: Stack, _ template: EvaluatedTemplate, name: String,
        settings: [String]
    ) throws -> StackDiff.Report {
        var old: [String: String] = [:]
        for parameter in stack.parameters { old[parameter.key] = parameter.value }
        var new: [String: String] = [:]
        for entry in template.entries(of: "Parameters") { new[entry.name] = entry.value["Default"]?.scalar?.text }
        new.merge(try values(compilation.evaluated)) { _, given in given }
        return report(old, new, base: stack.id, name: name, settings: settings)
    }

    private static func report(
        _ old: [String: String], _ new: [String: String], base: String, name: String, settings: [String]
    ) -> StackDiff.Report {
        let names = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }.sorted()
        return StackDiff.Report(
            base: base, changes: ChangeReport(stackName: name, modules: []), settings: settings, sections: [],
            parameters: names.map { StackDiff.ParameterChange(name: $0, was: old[$0], now: new[$0]) })
    }

    private static func values(_ evaluated: EvaluatedTemplate) throws -> [String: String] {
        let entries = try ParameterDocument(evaluated).parameters
        return Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}
