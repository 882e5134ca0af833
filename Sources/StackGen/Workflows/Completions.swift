internal import StackSchemas
internal import YAML

/// What a shell may offer behind a command: paths, flags and values, made from the declarations of the fields and
/// from what stands in the configuration.
public enum Completions {
    /// What may be written as a change of `configure`: `instance_groups[gpu].count=`, `instance_groups+=`, and behind
    /// the equals sign of a field with a few values, the values.
    /// - Parameters:
    ///   - word: what has been typed of it.
    ///   - project: the configuration whose items and keys are offered; need not be there.
    public static func changes(for word: String, in project: Project) -> [String] {
        if word.hasPrefix("--") { return flags(of: project).filter { $0.hasPrefix(word) } }
        let sign = word.firstIndex(of: "=")
        let candidates = sign.map { values(of: String(word[..<$0]), in: project) } ?? assignments(in: project)
        return candidates.filter { $0.hasPrefix(word) }
    }

    /// The paths of a configuration that say something: what can be removed, renamed or reset.
    public static func written(in project: Project) -> [String] {
        guard let root = configuration(of: project).root else { return [] }
        var paths: [String] = []
        collect(root, "", &paths)
        return paths
    }

    /// What `explain` explains: every key and every rule.
    public static var subjects: [String] {
        StackKind.all.flatMap { Explain.subjects(of: $0) } + RulePage.ids
    }

    /// The regions that the catalog knows.
    public static var regions: [String] { Catalog.regions.all.map(\.name) }

    private static func configuration(of project: Project) -> (kind: StackKind, root: Node?) {
        let document = (try? project.config()).flatMap { Parser.parse($0).document }
        return (document.map { StackKind.of($0) } ?? .clusterStack, document?.root)
    }

    private static func flags(of project: Project) -> [String] {
        configuration(of: project).kind.info.flags.compactMap(\.flag)
    }

    private static func assignments(in project: Project) -> [String] {
        let (kind, root) = configuration(of: project)
        var paths: [String] = []
        expand(kind.info.root, root, "", &paths)
        return paths
    }

    /// Every field below a record; those of the items of lists for each item that is there.
    private static func expand(_ record: RecordInfo, _ node: Node?, _ prefix: String, _ paths: inout [String]) {
        for field in record.fields {
            let path = prefix + field.key
            let value = node?[field.key]
            switch field.shape {
            case .record(let inner): expand(inner, value, path + ".", &paths)
            case .list(let item, _, _, _):
                paths += [path + "=", path + "+="]
                guard let inner = item.record else { continue }
                for (index, item) in (value?.sequence ?? []).enumerated() {
                    expand(inner, item, "\(path)[\(label(of: item, index))].", &paths)
                }
            case .map: paths += (value?.mapping ?? []).map { "\(path)\(step($0.name))=" }
            default: paths.append(path + "=")
            }
        }
    }

    private static func values(of path: String, in project: Project) -> [String] {
        let name = path.hasSuffix("+") ? String(path.dropLast()) : path
        guard let field = configuration(of: project).kind.info.field(at: name) else { return [] }
        let values: [String] =
            switch field.shape {
            case .boolean: ["true", "false"]
            case .choice(let choices), .list(.choice(let choices), _, _, _): choices
            case .integerChoice(let choices): choices.map(String.init)
            default: [field.defaultValue, field.example].compactMap { $0?.flowText }
            }
        return values.map { "\(path)=\($0)" }
    }

    private static func collect(_ node: Node, _ prefix: String, _ paths: inout [String]) {
        switch node.content {
        case .scalar: break
        case .sequence(let items):
            for (index, item) in items.enumerated() {
                let path = "\(prefix)[\(label(of: item, index))]"
                paths.append(path)
                collect(item, path, &paths)
            }
        case .mapping(let entries):
            for entry in entries {
                let path = prefix.isEmpty ? entry.name : prefix + step(entry.name)
                paths.append(path)
                collect(entry.value, path, &paths)
            }
        }
    }

    /// How an item is named in a path: by its name where it has one that needs no quotes, else by its position.
    private static func label(of item: Node, _ index: Int) -> String {
        guard let name = item["name"]?.scalar?.text, isPlain(name), Int(name) == nil else { return String(index) }
        return name
    }

    private static func step(_ key: String) -> String { isPlain(key) ? ".\(key)" : "[\(ConfigValue.quoted(key))]" }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
