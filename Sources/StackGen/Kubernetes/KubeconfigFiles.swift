internal import Foundation
internal import YAML

/// The kubeconfig files that kubectl merges: those of `KUBECONFIG`, or `~/.kube/config`. What stands in several of them
/// counts where it stands first.
///
/// Source: Kubernetes docs, "Organizing Cluster Access Using kubeconfig Files".
struct KubeconfigFiles {
    private(set) var files: [KubeconfigFile]

    /// Reads the files.
    /// - Parameter url: the only one, where one was chosen.
    /// - Throws: as `KubeconfigFile`.
    init(_ url: URL?, _ variable: (String) -> String?) throws {
        files = try (url.map { [$0] } ?? Self.standardURLs(variable)).map { try KubeconfigFile($0) }
    }

    private static func standardURLs(_ variable: (String) -> String?) -> [URL] {
        var seen: Set<String> = []
        let listed = (variable("KUBECONFIG") ?? "").split(separator: ":").map(String.init)
            .filter { seen.insert($0).inserted }
        guard listed.isEmpty else { return listed.map { URL(fileURLWithPath: $0) } }
        let home = URL(fileURLWithPath: variable("HOME") ?? NSHomeDirectory())
        return [home.appendingPathComponent(".kube").appendingPathComponent("config")]
    }

    /// Where new entries go: the first file that is there, otherwise the last, as with kubectl.
    private var newest: Int { files.firstIndex(where: \.isThere) ?? files.count - 1 }

    /// The name of the context in use; `nil` where none is.
    var currentContext: String? {
        files.lazy.compactMap(\.currentContext).first { !$0.isEmpty }
    }

    /// The file that has an entry, or that would get it.
    func url(of name: String, in list: String) -> URL { files[index(of: name, in: list)].url }

    /// The cluster, user and namespace of a context.
    func context(_ name: String) -> (cluster: String, user: String, namespace: String?)? {
        files.lazy.compactMap { $0.context(name) }.first
    }

    /// The arguments of the credential plugin of a user, the command first; `nil` when it has none.
    func plugin(ofUser name: String) -> [String]? {
        files.first { $0.has(name, in: "users") }?.plugin(ofUser: name)
    }

    /// The address of a cluster.
    func server(ofCluster name: String) -> String? {
        files.first { $0.has(name, in: "clusters") }?.server(ofCluster: name)
    }

    /// Puts in an entry, or replaces the one of the same name where it is.
    mutating func set(_ name: String, of list: String, key: String, to value: YAMLValue) {
        let index = index(of: name, in: list)
        files[index].complete()
        files[index].set(name, of: list, key: key, to: value)
    }

    /// Makes a context the current one, in the file whose word on it counts.
    mutating func setCurrentContext(_ name: String) {
        let index = files.firstIndex { $0.currentContext?.isEmpty == false } ?? newest
        files[index].complete()
        files[index].setMember("current-context", .string(name))
    }

    /// Writes what has changed.
    /// - Throws: `WorkflowError` when a file cannot be written.
    mutating func write() throws {
        for index in files.indices where files[index].isChanged {
            try files[index].write()
        }
    }

    private func index(of name: String, in list: String) -> Int {
        files.firstIndex { $0.has(name, in: list) } ?? newest
    }
}
