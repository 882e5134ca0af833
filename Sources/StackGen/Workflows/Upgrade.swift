public import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Moves a configuration to the newest version of its kind's schema, with the care of `configure`.
public enum Upgrade {
    /// What came of it.
    public struct Outcome: Sendable {
        /// The configuration's path.
        public let path: String
        /// The kind.
        public let kind: String
        /// The version that it was written for.
        public let from: String
        /// The newest version.
        public let to: String
        /// What was done, a line for every change.
        public let summary: [String]
        /// The text before.
        public let before: SourceFile
        /// The text after.
        public let after: SourceFile
        /// Whether any byte differs.
        public var isChanged: Bool { before.bytes != after.bytes }
    }

    /// Moves a project's configuration.
    /// - Parameter writes: `false` only computes the new text.
    /// - Throws: `DiagnosticError` when the configuration cannot be read or its version is not known, or when a
    ///   change would reach other places; `WorkflowError` when it cannot be written.
    public static func run(_ project: Project, writes: Bool = true) throws -> Outcome {
        let config = try project.config()
        let checked = ConfigChecker.check(config)
        guard let kind = checked.kind, let document = checked.document else {
            throw DiagnosticError(checked.diagnostics)
        }
        let from = document.root?["version"]?.scalar?.text ?? kind.versions.first ?? ""
        var editor = DocumentEditor(document)
        var summary: [String] = []
        for migration in kind.migrations.drop(while: { $0.from != from }) {
            summary += try migration.apply(to: &editor)
        }
        let after = SourceFile(name: config.name, bytes: editor.bytes)
        let outcome = Outcome(
            path: project.configPath, kind: kind.name, from: from, to: kind.newestVersion, summary: summary,
            before: config, after: after)
        if writes, outcome.isChanged {
            do {
                try DurableFile.replace(project.configURL.resolvingSymlinksInPath(), with: after.bytes)
            } catch {
                throw WorkflowError(error)
            }
        }
        return outcome
    }
}
