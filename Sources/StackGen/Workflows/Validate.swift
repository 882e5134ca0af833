public import Diagnostics

/// Checks a configuration as far as it can be checked without the network: schema, rules, template.
public enum Validate {
    /// What was found of one configuration.
    public struct Report: Sendable {
        /// The configuration's path.
        public let path: String
        /// Every problem, in reading order.
        public let diagnostics: [Diagnostic]

        /// Whether it may be submitted.
        public var isValid: Bool { !diagnostics.contains { $0.severity == .error } }
    }

    /// Checks one project. Bad input is a report, not an error.
    public static func run(_ project: Project) -> Report {
        Report(path: project.configPath, diagnostics: diagnostics(project))
    }

    private static func diagnostics(_ project: Project) -> [Diagnostic] {
        do {
            return try Compiler.compile(project).diagnostics
        } catch let error as DiagnosticError {
            return error.diagnostics
        } catch {
            return [ProjectRule.unreadable.error("\(WorkflowError(error).message)")]
        }
    }
}
