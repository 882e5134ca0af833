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
        /// `--rename tags.team=owner`: a key gets another name, at its place.
        case rename(path: String, key: String)
        /// A JSON object laid over the configuration, as RFC 7396 merges it: maps are merged key by key, `null`
        /// removes, everything else replaces. A key at its root may be a path, such as `eks.version`.
        case merge(OrderedJSON)
        /// Back to the default: a scalar that has one gets it, everything else that is written goes.
        case reset(path: String)
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
            .usage, "`\(argument)` is no change",
            advice: ["write path=value, such as eks.version=1.33 or 'instance_groups[gpu-workers].count=8'"])
    }

    /// Reads a renaming as it is typed: `path=key`.
    /// - Throws: `WorkflowError` when it is none.
    public static func renaming(_ argument: String) throws -> Change {
        guard case .set(let path, let key)? = try? change(argument), !key.isEmpty else {
            throw WorkflowError(
                .invalidInput, "`\(argument)` is no renaming", advice: ["write path=key, such as tags.team=owner"])
        }
        return .rename(path: path, key: key)
    }

    /// Reads a JSON object of changes from a file; `-` is standard input.
    /// - Throws: `DiagnosticError` when it cannot be read or is no JSON (`JSON001`).
    public static func json(at path: String) throws -> OrderedJSON {
        guard path == "-" else {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw DiagnosticError(ProjectRule.unreadable.error("`\(path)` is not there or cannot be read"))
            }
            return try OrderedJSON.parse(SourceFile(name: path, bytes: Array(data)))
        }
        let data = FileHandle.standardInput.readDataToEndOfFile()
        return try OrderedJSON.parse(SourceFile(name: "<standard input>", bytes: Array(data)))
    }

    /// The keys that a reset without any path takes back: every one that is written in a flat configuration.
    /// - Throws: `WorkflowError` for a configuration that is not flat; `DiagnosticError` when it cannot be read.
    public static func resettable(of project: Project) throws -> [String] {
        let editor = try DocumentEditor(try project.config())
        let kind = StackKind.of(editor.document)
        guard kind.isFlat else {
            throw WorkflowError(.usage, "no path given: write which values go back, such as eks.version")
        }
        let own: Set = ["kind", "version", "region", "stack_name", "resource_name_suffix"]
        return kind.info.root.fields.map(\.key).filter { key in
            guard let node = editor.document.root?[key], !own.contains(key) else { return false }
            return !node.isNull
        }
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
        let edit = ConfigEdit(kind: StackKind.of(editor.document))
        for change in changes {
            do throws(DiagnosticError) {
                try edit.apply(change, to: &editor)
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
