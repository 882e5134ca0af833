internal import AWS
public import Foundation
internal import YAML

/// Lets kubectl reach the EKS cluster of a stack.
public enum Kubeconfig {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The stack whose cluster is meant; `nil` when the cluster is named.
        public var stack: StackReference?
        /// The EKS cluster's name.
        public var cluster: String?
        /// How AWS is reached.
        public var connection: ConnectionOptions
        /// The file; `nil` for those that kubectl reads.
        public var url: URL?
        /// The context's name; `nil` for the cluster's ARN.
        public var alias: String?
        /// The namespace that the context begins in.
        public var namespace: String?
        /// The program that the entry names as its credential plugin.
        public var program: String

        /// A request about a stack or a cluster.
        public init(
            stack: StackReference?, cluster: String? = nil, connection: ConnectionOptions, program: String = "stackgen"
        ) {
            self.stack = stack
            self.cluster = cluster
            self.connection = connection
            self.program = program
        }
    }

    /// What was written.
    public struct Outcome: Codable, Sendable, Equatable {
        /// The file.
        public var kubeconfig: String
        /// The context, which is the current one now.
        public var context: String
        /// The EKS cluster.
        public var cluster: String
        /// The address of its Kubernetes API.
        public var server: String
    }

    /// Writes the entry, or replaces the one of the same cluster, and makes its context the current one.
    /// - Throws: `WorkflowError`; the file is as it was then.
    public static func write(_ request: Request, host: Host) async throws -> Outcome {
        try await WorkflowError.wrapping {
            var files = try KubeconfigFiles(request.url, host.environment.variable)
            let client = try request.stack?.connect(host) ?? host.connect(request.connection)
            let name = try await clusterName(request, client)
            let cluster = try await client.send(DescribeEKSClusterInput(clusterName: name))
            guard let server = cluster.endpoint, let authority = cluster.certificateAuthority?.data else {
                throw WorkflowError(
                    .preflight, "the EKS cluster \(name) has no address yet: it is \(cluster.status ?? "unknown")")
            }
            let id = cluster.arn ?? name
            files.set(
                id, of: "clusters", key: "cluster",
                to: .map([
                    .init("certificate-authority-data", .string(authority)), .init("server", .string(server)),
                ]))
            files.set(id, of: "users", key: "user", to: user(name, client, request))
            var context: [YAMLValue.Member] = [.init("cluster", .string(id)), .init("user", .string(id))]
            if let namespace = request.namespace { context.append(.init("namespace", .string(namespace))) }
            let contextName = request.alias ?? id
            files.set(contextName, of: "contexts", key: "context", to: .map(context))
            files.setCurrentContext(contextName)
            try files.write()
            let url = files.url(of: contextName, in: "contexts")
            return Outcome(kubeconfig: url.path, context: contextName, cluster: name, server: server)
        }
    }

    /// The EKS cluster of a stack: the one that it made, or the one that it was given, which its outputs name.
    private static func clusterName(_ request: Request, _ client: AWSClient) async throws -> String {
        if let cluster = request.cluster { return cluster }
        guard let reference = request.stack else {
            throw WorkflowError(.usage, "name a stack, or a cluster with --cluster-name")
        }
        let stack = try await reference.own(client)
        if let name = stack.outputs.first(where: { $0.key == "EksClusterName" })?.value { return name }
        let resources = try await client.stackResources(of: stack.id)
        guard let name = resources.first(where: { $0.resourceType == "AWS::EKS::Cluster" })?.physicalResourceID else {
            throw WorkflowError(
                .preflight, "the stack `\(stack.name)` has no EKS cluster yet: it is \(stack.status.rawValue)",
                advice: ["stackgen watch \(stack.name)"])
        }
        return name
    }

    /// A user whose credential plugin is `stackgen token`.
    private static func user(_ cluster: String, _ client: AWSClient, _ request: Request) -> YAMLValue {
        var arguments = ["token", "--cluster-name", cluster, "--region", client.configuration.region.value]
        let connection = request.stack?.connection ?? request.connection
        if let profile = connection.profile { arguments += ["--profile", profile] }
        return .map([
            .init(
                "exec",
                .map([
                    .init("apiVersion", .string(ClusterToken.defaultVersion)),
                    .init("command", .string(request.program)),
                    .init("args", .list(arguments.map { .string($0) })),
                    .init("interactiveMode", .string("IfAvailable")),
                    .init("provideClusterInfo", .bool(false)),
                ]))
        ])
    }

    /// What the current context of a kubeconfig is about.
    public struct Context: Codable, Sendable, Equatable {
        /// The file.
        public var kubeconfig: String
        /// The context's name.
        public var context: String
        /// The address of the Kubernetes API.
        public var server: String?
        /// The namespace.
        public var namespace: String
        /// The EKS cluster that the credential plugin asks for; `nil` when it is another kind of user.
        public var cluster: String?
        /// Its region.
        public var region: String?
    }

    /// Reads the current context.
    /// - Throws: `WorkflowError` when there is none.
    public static func current(in url: URL?, host: Host) throws -> Context {
        do {
            let files = try KubeconfigFiles(url, host.environment.variable)
            guard let name = files.currentContext else {
                let paths = files.files.map { "`\($0.url.path)`" }.joined(separator: ", ")
                throw WorkflowError(
                    .preflight, "no current context in \(paths)", advice: ["to get one: stackgen kubeconfig STACK"])
            }
            guard let context = files.context(name) else {
                throw WorkflowError(
                    .preflight, "the current context `\(name)` is not among the contexts",
                    advice: [
                        "to get one: stackgen kubeconfig STACK", "those that are there: kubectl config get-contexts",
                    ])
            }
            let plugin = files.plugin(ofUser: context.user) ?? []
            func argument(_ names: String...) -> String? {
                zip(plugin, plugin.dropFirst()).first { names.contains($0.0) }?.1
            }
            return Context(
                kubeconfig: files.url(of: name, in: "contexts").path, context: name,
                server: files.server(ofCluster: context.cluster),
                namespace: context.namespace ?? "default", cluster: argument("--cluster-name", "-i"),
                region: argument("--region"))
        } catch {
            throw WorkflowError(error)
        }
    }
}
