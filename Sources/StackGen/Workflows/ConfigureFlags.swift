internal import Diagnostics
internal import StackSchemas
internal import YAML

/// The flags of `configure`: one for every scalar field that can be reached without choosing an item of a list,
/// made from the schema. `eks.version` is `--eks-version`.
public enum ConfigureFlags {
    /// Reads the words of a command line: changes as `path=value`, and flags with their values.
    /// - Parameter project: whose flags they are; they depend on the kind of its configuration.
    /// - Throws: `WorkflowError` for a flag that there is not, or that has no value.
    public static func changes(in words: [String], of project: Project) throws -> [Configure.Change] {
        var changes: [Configure.Change] = []
        var rest = words[...]
        let flags = flags(of: kind(of: project))
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                changes.append(try Configure.change(word))
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let path = try path(of: parts[0], flags)
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw WorkflowError(.usage, "the flag \(parts[0]) needs a value")
            }
            changes.append(.set(path: path, value: value))
        }
        return changes
    }

    /// Every flag with its path, default and meaning, a line each.
    public static func listing(of project: Project) -> String {
        let flags = flags(of: kind(of: project))
        let rows = flags.map { flag in
            let value = flag.field.defaultValue?.flowText ?? "-"
            return [flag.flag, flag.path, value.count <= 40 ? value : value.prefix(39) + "…", flag.field.summary]
        }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = (0..<3).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            return (cells + [row[3]]).joined(separator: "  ") + "\n"
        }.joined()
    }

    /// A flag with the field that it sets.
    private typealias Flag = (flag: String, path: String, field: FieldInfo)

    /// Where there is no configuration that could be read, the flags are those of the kind that `init` makes.
    private static func kind(of project: Project) -> StackKind {
        (try? project.config()).flatMap { Parser.parse($0).document }.map { StackKind.of($0) } ?? .clusterStack
    }

    /// A flat kind has a flag for every key, lists included: `hyp configure` takes them as JSON.
    private static func flags(of kind: StackKind) -> [Flag] {
        let info = kind.info
        guard kind.isFlat else {
            return info.flags.compactMap { path in path.flag.map { ($0, path.path, path.field) } }
        }
        return info.root.fields.map { ("--" + $0.key.replacing("_", with: "-"), $0.key, $0) }
    }

    private static func path(of flag: String, _ flags: [Flag]) throws -> String {
        if let match = flags.first(where: { $0.flag == flag }) { return match.path }
        let nearest = Spelling.nearest(to: flag, in: flags.map(\.flag)).map { "did you mean \($0)?" }
        throw WorkflowError(
            .usage, "there is no flag \(flag)", advice: [nearest ?? "stackgen configure --fields lists them"])
    }
}
