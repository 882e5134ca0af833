internal import Diagnostics
internal import Foundation
internal import YAML

/// A kubeconfig on the disk: entries are put in or replaced by name, and everything else stays as it is, comments too.
///
/// Source: Kubernetes docs, "Organizing Cluster Access Using kubeconfig Files".
struct KubeconfigFile {
    let url: URL
    /// Whether it is on the disk.
    let isThere: Bool
    /// Whether it has to be written.
    private(set) var isChanged = false
    private(set) var root: [YAMLValue.Member]
    /// The text with its comments; `nil` where the file is written anew from its values.
    private var editor: DocumentEditor?

    /// Reads a file; one that is not there is an empty kubeconfig.
    /// - Throws: `DiagnosticError` when it is not YAML; a Cocoa error when it cannot be read.
    init(_ url: URL) throws {
        self.url = url
        isThere = FileManager.default.fileExists(atPath: url.path)
        guard isThere else {
            root = []
            return
        }
        let file = SourceFile(name: url.path, bytes: Array(try Data(contentsOf: url)))
        let result = Parser.parse(file)
        let errors = result.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        editor = result.document.map { DocumentEditor($0) }
        switch result.document?.root.map(Self.asWritten) ?? .null {
        case .null: root = []
        case .map(let members): root = members
        default:
            throw WorkflowError(.preflight, "`\(url.path)` is no kubeconfig: it is not a map")
        }
    }

    /// A value with every scalar as it was typed: what looks like a number here may be a token to somebody else.
    private static func asWritten(_ node: Node) -> YAMLValue {
        switch node.content {
        case .sequence(let items): .list(items.map(asWritten))
        case .mapping(let entries): .map(entries.map { .init($0.name, asWritten($0.value)) })
        case .scalar(let scalar):
            switch scalar.kind {
            case .string: .string(scalar.text)
            case .null: .null
            default: .typed(scalar.text)
            }
        }
    }

    /// The name of the context in use.
    var currentContext: String? { text(of: "current-context") }

    /// The cluster, user and namespace of a context.
    func context(_ name: String) -> (cluster: String, user: String, namespace: String?)? {
        guard case .map(let body)? = item(name, of: "contexts", key: "context") else { return nil }
        func text(_ key: String) -> String? { Self.text(Self.value(key, in: body)) }
        guard let cluster = text("cluster"), let user = text("user") else { return nil }
        return (cluster, user, text("namespace"))
    }

    /// The arguments of the credential plugin of a user, the command first; `nil` when it has none.
    func plugin(ofUser name: String) -> [String]? {
        guard case .map(let body)? = item(name, of: "users", key: "user"),
            case .map(let exec)? = Self.value("exec", in: body),
            let command = Self.text(Self.value("command", in: exec))
        else { return nil }
        guard case .list(let arguments)? = Self.value("args", in: exec) else { return [command] }
        return [command] + arguments.compactMap(Self.text)
    }

    /// The address of a cluster.
    func server(ofCluster name: String) -> String? {
        guard case .map(let body)? = item(name, of: "clusters", key: "cluster") else { return nil }
        return Self.text(Self.value("server", in: body))
    }

    /// Whether there is an entry of a name.
    func has(_ name: String, in list: String) -> Bool {
        guard case .list(let items)? = Self.value(list, in: root) else { return false }
        return items.contains { Self.name(of: $0) == name }
    }

    /// Puts in an entry, or replaces the one of the same name where it is.
    mutating func set(_ name: String, of list: String, key: String, to value: YAMLValue) {
        let entry = YAMLValue.map([.init("name", .string(name)), .init(key, value)])
        guard case .list(var items)? = Self.value(list, in: root) else {
            return setMember(list, .list([entry]))
        }
        if let index = items.firstIndex(where: { Self.name(of: $0) == name }) {
            items[index] = entry
            edit { editor throws(DiagnosticError) in
                try editor.set(YAMLPath([.key(list), .index(index), .key(key)]), to: value)
            }
        } else {
            items.append(entry)
            edit { editor throws(DiagnosticError) in try editor.append(entry, to: YAMLPath([.key(list)])) }
        }
        keep(list, .list(items))
    }

    /// Sets a key of the file itself.
    mutating func setMember(_ key: String, _ value: YAMLValue) {
        edit { editor throws(DiagnosticError) in try editor.set(YAMLPath([.key(key)]), to: value) }
        keep(key, value)
    }

    /// What a kubeconfig begins with, where it is missing.
    mutating func complete() {
        if text(of: "apiVersion") == nil { setMember("apiVersion", .string("v1")) }
        if text(of: "kind") == nil { setMember("kind", .string("Config")) }
    }

    private mutating func keep(_ key: String, _ value: YAMLValue) {
        isChanged = true
        if let index = root.firstIndex(where: { $0.key == key }) {
            root[index].value = value
        } else {
            root.append(.init(key, value))
        }
    }

    /// Changes the text where it stands. What cannot be changed there, such as a list that is an alias of another,
    /// makes the file be written anew, with the same values and without its comments.
    private mutating func edit(
        _ change: (inout DocumentEditor) throws(DiagnosticError) -> [TextEdit]
    ) {
        guard var changed = editor else { return }
        do throws(DiagnosticError) {
            _ = try change(&changed)
            editor = changed
        } catch {
            editor = nil
        }
    }

    /// Writes the file in one step, readable by its owner only.
    /// - Throws: `WorkflowError` when it cannot be written.
    func write() throws {
        do {
            // A link stays a link: what it points at is replaced.
            let target = url.resolvingSymlinksInPath()
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try DurableFile.replace(target, with: editor?.bytes ?? Array(YAMLEmitter().emit(.map(root)).utf8))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
        } catch {
            throw WorkflowError(unwritable: url.path, error)
        }
    }

    private func text(of key: String) -> String? { Self.text(Self.value(key, in: root)) }

    private func item(_ name: String, of list: String, key: String) -> YAMLValue? {
        guard case .list(let items)? = Self.value(list, in: root),
            case .map(let members)? = items.first(where: { Self.name(of: $0) == name })
        else { return nil }
        return Self.value(key, in: members)
    }

    private static func name(of item: YAMLValue) -> String? {
        guard case .map(let members) = item else { return nil }
        return text(value("name", in: members))
    }

    private static func value(_ key: String, in members: [YAMLValue.Member]) -> YAMLValue? {
        members.first { $0.key == key }?.value
    }

    private static func text(_ value: YAMLValue?) -> String? {
        switch value {
        case .string(let text)?, .typed(let text)?: text
        case .int(let number)?: String(number)
        default: nil
        }
    }
}
