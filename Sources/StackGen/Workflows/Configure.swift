public import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Changes values of a configuration: the value asked for and not one other byte.
public enum Configure {
    /// One change.
    public enum Change: Sendable, Equatable {
        /// `eks.version=1.33`: a value becomes another one.
        case set(path: String, value: String)
        /// `instance_groups+={name: more, …}`: a list gets an item at its end.
        case append(path: String, value: String)
        /// `--unset fsx`: a key or an item goes.
        case unset(path: String)
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// The configuration's path.
        public let path: String
        /// The text before the changes.
        public let before: SourceFile
        /// The text with the changes.
        public let after: SourceFile
        /// What is still to be said about the configuration.
        public let diagnostics: [Diagnostic]
        /// Whether any byte differs.
        public var isChanged: Bool { before.bytes != after.bytes }
    }

    /// Reads a change as it is typed: `path=value` or `path+=value`.
    /// - Throws: `WorkflowError` when it is neither.
    public static func change(_ argument: String) throws -> Change {
        // `[key=value]` selects an item of a list, so an equals sign in brackets belongs to the path.
        var depth = 0
        for index in argument.indices {
            switch argument[index] {
            case "[": depth += 1
            case "]": depth -= 1
            case "=" where depth <= 0:
                let value = String(argument[argument.index(after: index)...])
                let path = argument[..<index]
                guard !path.isEmpty, path != "+" else { break }
                return path.hasSuffix("+")
                    ? .append(path: String(path.dropLast()), value: value) : .set(path: String(path), value: value)
            default: break
            }
        }
        throw WorkflowError(
            .invalidInput, "`\(argument)` is no change",
            advice: ["write path=value, such as eks.version=1.33 or 'instance_groups[gpu-workers].count=8'"])
    }

    /// Makes all changes, or none.
    ///
    /// A change that gives the configuration an error it did not have is refused unless it is forced.
    /// - Parameters:
    ///   - changes: what to change, in this order.
    ///   - project: whose configuration.
    ///   - writes: `false` only computes the new text.
    ///   - force: makes changes that leave the configuration with new errors, too.
    /// - Throws: `DiagnosticError` with every problem; nothing is written then.
    public static func run(
        _ changes: [Change], project: Project, writes: Bool = true, force: Bool = false
    ) throws -> Outcome {
        let before = try project.config()
        var editor = try DocumentEditor(before)
        var problems = DiagnosticSink()
        for change in changes {
            do throws(DiagnosticError) {
                try apply(change, to: &editor)
            } catch {
                problems.report(contentsOf: error.diagnostics)
            }
        }
        guard !problems.hasErrors else { throw DiagnosticError(problems.diagnostics) }
        let after = SourceFile(name: before.name, bytes: editor.bytes)
        let diagnostics = ConfigChecker.check(after).diagnostics
        let fresh = newErrors(before: ConfigChecker.check(before).diagnostics, after: diagnostics)
        guard force || fresh.isEmpty else { throw DiagnosticError(fresh) }
        let outcome = Outcome(path: project.configPath, before: before, after: after, diagnostics: diagnostics)
        if writes, outcome.isChanged { try write(outcome, project) }
        return outcome
    }

    private static func write(_ outcome: Outcome, _ project: Project) throws {
        do {
            // A link stays a link: the file it names is replaced.
            try DurableFile.replace(project.configURL.resolvingSymlinksInPath(), with: outcome.after.bytes)
        } catch {
            throw WorkflowError(error)
        }
    }

    private static func apply(_ change: Change, to editor: inout DocumentEditor) throws(DiagnosticError) {
        switch change {
        case .set(let text, let value):
            let path = try YAMLPath(parsing: text)
            try editor.set(path, to: try self.value(value, at: path), order: keyOrder)
        case .append(let text, let value):
            try editor.append(try tree(value), to: try YAMLPath(parsing: text), order: keyOrder)
        case .unset(let text):
            try editor.remove(try YAMLPath(parsing: text))
        }
    }

    /// A scalar is taken as it is typed; a list or map is read as YAML, so `[a, b]` is a list.
    private static func value(_ text: String, at path: YAMLPath) throws(DiagnosticError) -> YAMLValue {
        guard let shape = schema.root.field(at: keys(of: path))?.shape, !shape.isScalar, endsInKey(path) else {
            return .typed(text)
        }
        return try tree(text)
    }

    private static func endsInKey(_ path: YAMLPath) -> Bool {
        if case .key = path.segments.last { true } else { false }
    }

    private static func tree(_ text: String) throws(DiagnosticError) -> YAMLValue {
        let result = Parser.parse(SourceFile(name: "<value>", text: text))
        guard !result.hasErrors else { throw DiagnosticError(result.diagnostics) }
        return result.document?.root.map { YAMLValue(typedAs: $0) } ?? .null
    }

    /// New keys find the place that the schema gives them.
    private static let keyOrder: @Sendable (YAMLPath) -> [String] = { path in
        let keys = keys(of: path)
        let record = keys.isEmpty ? schema.root : schema.root.field(at: keys)?.shape.record
        return record?.fields.map(\.key) ?? []
    }

    private static func keys(of path: YAMLPath) -> [String] {
        path.segments.compactMap { if case .key(let key) = $0 { key } else { nil } }
    }

    private static var schema: SchemaInfo { StackKind.clusterStack.info }

    /// The errors that were not there before, by id and words; lines may have moved.
    private static func newErrors(before: [Diagnostic], after: [Diagnostic]) -> [Diagnostic] {
        var known = before.reduce(into: [String: Int]()) { $0["\($1.id) \($1.message)", default: 0] += 1 }
        return after.filter { diagnostic in
            guard diagnostic.severity == .error else { return false }
            let key = "\(diagnostic.id) \(diagnostic.message)"
            guard let count = known[key], count > 0 else { return true }
            known[key] = count - 1
            return false
        }
    }
}

extension YAMLValue {
    /// A node as it was typed: plain scalars keep their text.
    init(typedAs node: Node) {
        switch node.content {
        case .scalar(let scalar): self = scalar.style == .plain ? .typed(scalar.text) : .string(scalar.text)
        case .sequence(let items): self = .list(items.map { YAMLValue(typedAs: $0) })
        case .mapping(let entries): self = .map(entries.map { Member($0.name, YAMLValue(typedAs: $0.value)) })
        }
    }
}
