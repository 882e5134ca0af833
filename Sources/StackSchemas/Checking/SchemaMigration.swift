public import Diagnostics
public import YAML

/// The way of a configuration from one version of a kind's schema to the next.
public struct SchemaMigration: Sendable {
    /// A change of the schema that a configuration has to follow.
    public enum Step: Sendable {
        /// A key has another name.
        case rename(ConfigPath, to: String)
        /// A key is gone.
        case remove(ConfigPath)
        /// A key is new and what held so far is not its default.
        case set(ConfigPath, ConfigValue)
    }

    /// The version before.
    public let from: String
    /// The version after.
    public let to: String
    /// What is done, in this order.
    public let steps: [Step]

    /// Declares a migration.
    public init(from: String, to: String, steps: [Step]) {
        self.from = from
        self.to = to
        self.steps = steps
    }

    /// Moves a document to the version after; only the bytes of what changes differ.
    /// - Returns: what was done, a line for every change.
    /// - Throws: `DiagnosticError` when a change would reach other places; the document stays as it was then.
    public func apply(to editor: inout DocumentEditor) throws(DiagnosticError) -> [String] {
        var changed = editor
        var summary: [String] = []
        for step in steps {
            if let line = try Self.apply(step, to: &changed) { summary.append(line) }
        }
        try changed.set(YAMLPath([.key("version")]), to: .string(to))
        editor = changed
        return summary + ["version is \(to)"]
    }

    private static func apply(_ step: Step, to editor: inout DocumentEditor) throws(DiagnosticError) -> String? {
        let document = LocatedConfig(editor.document)
        switch step {
        case .rename(let path, let key):
            guard document.contains(path) else { return nil }
            try editor.rename(YAMLPath(path), to: key)
            return "\(path) is called \(path.parent / key)"
        case .remove(let path):
            guard document.contains(path) else { return nil }
            try editor.remove(YAMLPath(path))
            return "\(path) is gone"
        case .set(let path, let value):
            guard !document.contains(path) else { return nil }
            try editor.set(YAMLPath(path), to: .typed(value.flowText))
            return "\(path) is \(value.flowText), which held so far"
        }
    }
}

extension YAMLPath {
    /// The same way for the editor.
    fileprivate init(_ path: ConfigPath) {
        self.init(
            path.steps.map { step in
                switch step {
                case .key(let key): .key(key)
                case .index(let index): .index(index)
                }
            })
    }
}
