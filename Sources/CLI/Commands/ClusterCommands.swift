internal import ArgumentParser
internal import Foundation
internal import StackGen

struct KubeconfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubeconfig",
        abstract: "Let kubectl reach the EKS cluster of a stack: write or replace its entry.",
        discussion: "The entry asks `stackgen token` for credentials; other entries stay as they are.")

    @OptionGroup var target: StackArguments

    @Option(name: .customLong("cluster-name"), help: "The EKS cluster, in place of a stack's.")
    var cluster: String?

    @Option(name: .long, help: "The file, in place of the one that kubectl reads.", completion: .file())
    var kubeconfig: String?

    @Option(name: .long, help: "The context's name, in place of the cluster's ARN.")
    var alias: String?

    @Option(name: .long, help: "The namespace that the context begins in.")
    var namespace: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var request = Kubeconfig.Request(
            stack: cluster == nil ? try target.reference() : nil, cluster: cluster,
            connection: target.connection.options, program: Self.program)
        request.url = kubeconfig.map { URL(fileURLWithPath: $0) }
        request.alias = alias
        request.namespace = namespace
        let outcome = try await Kubeconfig.write(request, host: .terminal())
        try output.console.result(
            "context \(outcome.context) in \(outcome.kubeconfig)\n", json: try RecordJSON.bytes(outcome))
    }

    /// `stackgen` where that is found on the path; this very program otherwise.
    private static var program: String {
        let own = Bundle.main.executableURL?.resolvingSymlinksInPath().path
        let path = ProcessInfo.processInfo.environment["PATH", default: ""]
        let found = path.split(separator: ":").map { "\($0)/stackgen" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        let isOwn = found.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path == own } ?? false
        return isOwn ? "stackgen" : own ?? "stackgen"
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Print a credential for an EKS cluster, as kubectl asks its plugins for.",
        discussion: "The token lets whoever has it act as the caller for about a quarter of an hour.")

    @Option(name: .customLong("cluster-name"), help: "The EKS cluster.")
    var cluster: String

    @OptionGroup var connection: ConnectionArguments

    func run() async throws {
        let credential = try await ClusterToken.make(cluster: cluster, connection.options, host: .terminal())
        Console().output(try RecordJSON.line(credential))
    }
}

struct GetContextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get-context", abstract: "Which cluster kubectl works with now.")

    @Option(name: .long, help: "The file, in place of the one that kubectl reads.", completion: .file())
    var kubeconfig: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let context = try Kubeconfig.current(in: kubeconfig.map { URL(fileURLWithPath: $0) }, host: .terminal())
        var rows = [["context", context.context], ["namespace", context.namespace]]
        if let cluster = context.cluster { rows.append(["EKS cluster", cluster]) }
        if let region = context.region { rows.append(["region", region]) }
        if let server = context.server { rows.append(["server", server]) }
        rows.append(["kubeconfig", context.kubeconfig])
        try output.console.result(Table.text(rows), json: try RecordJSON.bytes(context))
    }
}

struct ListClustersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list-clusters",
        abstract: "The HyperPod clusters of a region, with their nodes per instance type and the nodes' health.")

    @OptionGroup var connection: ConnectionArguments

    @Option(name: .long, help: "Only clusters whose name holds this text.")
    var name: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let clusters = try await Clusters.list(nameContains: name, connection.options, host: .terminal())
        let rows = clusters.flatMap { cluster in
            cluster.instances.enumerated().map { index, instances in
                let isFirst = index == 0
                return [
                    isFirst ? cluster.name : "", isFirst ? cluster.status : "", instances.type,
                    String(instances.target), String(instances.current), String(instances.healthy),
                    instances.others.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "),
                ]
            }
        }
        try output.console.result(
            Table.text([["CLUSTER", "STATUS", "INSTANCE TYPE", "TARGET", "NODES", "HEALTHY", "OTHERS"]] + rows),
            json: try RecordJSON.bytes(clusters))
    }
}
