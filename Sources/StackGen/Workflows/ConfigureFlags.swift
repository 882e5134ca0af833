internal import Diagnostics
internal import StackSchemas

/// The flags of `configure`: one for every scalar field that can be reached without choosing an item of a list,
/// made from the schema. `eks.version` is `--eks-version`.
public enum ConfigureFlags {
    /// Reads the words of a command line: changes as `path=value`, and flags with their values.
    /// - Throws: `WorkflowError` for a flag that there is not, or that has no value.
    public static func changes(in words: [String]) throws -> [Configure.Change] {
        var changes: [Configure.Change] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                changes.append(try Configure.change(word))
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let path = try path(of: parts[0])
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw WorkflowError(.usage, "the flag \(parts[0]) needs a value")
            }
            changes.append(.set(path: path, value: value))
        }
        return changes
    }

    /// Every flag with its path, default and meaning, a line each.
    public static var listing: String {
        let rows = flags.map { [$0.flag, $0.path, $0.field.defaultValue?.flowText ?? "-", $0.field.summary] }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = (0..<3).map { row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count) }
            return (cells + [row[3]]).joined(separator: "  ") + "\n"
        }.joined()
    }

    private static var flags: [(flag: String, path: String, field: FieldInfo)] {
        StackKind.clusterStack.info.flags.compactMap { path in path.flag.map { ($0, path.path, path.field) } }
    }

    private static func path(of flag: String) throws -> String {
        let flags = flags
        if let match = flags.first(where: { $0.flag == flag }) { return match.path }
        let nearest = Spelling.nearest(to: flag, in: flags.map(\.flag)).map { "did you mean \($0)?" }
        throw WorkflowError(
            .usage, "there is no flag \(flag)", advice: [nearest ?? "stackgen configure --fields lists them"])
    }
}
