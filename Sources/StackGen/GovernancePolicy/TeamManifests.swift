internal import AWS
internal import Diagnostics
public import Foundation
internal import StackSchemas

/// The Kubernetes objects that the namespaces of teams need to use the stack's file system: for each a persistent
/// volume and a claim on it, as a persistent volume belongs to one claim, and a claim to one namespace.
///
/// Sources: kubernetes-sigs/aws-fsx-csi-driver, static provisioning; Kubernetes docs, Persistent Volumes.
public enum TeamManifests {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The stack with the file system.
        public var stackName: String
        /// The teams; empty takes those of the stack's outputs.
        public var teams: [String] = []
        /// The name of the claim in every namespace.
        public var claimName = "fsx-claim"
        /// The size that the volume tells; the file system decides.
        public var storageGiB = 1_200
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// The region of a configuration that names the stack.
        public var configRegion: String?

        /// A request for a stack.
        public init(stackName: String) { self.stackName = stackName }
    }

    /// What was written.
    public struct Outcome: Sendable {
        /// The documents, as `kubectl apply -f -` takes them.
        public let text: String
        /// The run record that holds them.
        public let record: RunFolder
        /// The file in it that `kubectl apply -f` takes.
        public var file: URL { record.url.appendingPathComponent(ManifestsRecord.documents) }
    }

    /// Writes the documents into a run record.
    /// - Parameter parent: the folder of run records.
    /// - Throws: `WorkflowError` when the stack is not there, has no file system, or has no teams, and when the record
    ///   cannot be written.
    public static func run(_ request: Request, host: Host, below parent: URL) async throws -> Outcome {
        do {
            let client = try host.connect(request.connection, configRegion: request.configRegion)
            let stack = try await Stacks.own(request.stackName, client)
            let outputs = Dictionary(stack.outputs.map { ($0.key, $0.value) }) { first, _ in first }
            let region = client.configuration.region.value
            let fileSystem = try FileSystem(outputs, stack: stack.name, region: region)
            let teams = try teams(request, outputs)
            let text =
                header(stack.name) + teams.map { documents(of: $0, fileSystem, request) }.joined(separator: "---\n")
            let draft = ManifestsRecord.Request(
                stackName: stack.name, stackARN: stack.id, region: region,
                teams: teams, claimName: request.claimName, storageGiB: request.storageGiB,
                outputs: outputs.filter { $0.key.hasPrefix("FileSystem") || $0.key == "TeamNamespaces" })
            return Outcome(text: text, record: try ManifestsRecord.write(text, draft, below: parent, host: host))
        } catch {
            throw WorkflowError(error)
        }
    }

    private struct FileSystem {
        let id: String
        let dnsName: String
        let mountName: String

        init(_ outputs: [String: String], stack: String, region: String) throws {
            guard let id = outputs["FileSystemId"] else {
                throw WorkflowError(
                    .preflight, "the stack `\(stack)` has no file system",
                    advice: ["add `fsx:` to the configuration, or name a stack that has one"])
            }
            guard let mountName = outputs["FileSystemMountName"] else {
                throw WorkflowError(
                    .preflight, "the stack `\(stack)` does not tell the mount name of \(id)",
                    advice: ["write `fsx.mount_name` into the configuration: aws fsx describe-file-systems shows it"])
            }
            let domain = Partition.containing(region: region).dnsSuffix
            self.id = id
            self.mountName = mountName
            dnsName = outputs["FileSystemDnsName"] ?? "\(id).fsx.\(region).\(domain)"
        }
    }

    private static func teams(_ request: Request, _ outputs: [String: String]) throws -> [String] {
        let prefix = "hyperpod-ns-"
        let known = (outputs["TeamNamespaces"] ?? "").split(separator: ",")
            .map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : String($0) }
        let teams = request.teams.isEmpty ? known : request.teams
        for team in teams + [request.claimName] where !isLabel(team) {
            throw WorkflowError(
                .usage, "`\(team)` is no name of Kubernetes: lower-case letters, digits and hyphens, at most 51")
        }
        guard !teams.isEmpty else {
            throw WorkflowError(
                .preflight, "the stack `\(request.stackName)` has no teams", advice: ["name them: --team team-a"])
        }
        return teams
    }

    private static func isLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isEnd(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        guard let first = bytes.first, let last = bytes.last, bytes.count <= 51 else { return false }
        return isEnd(first) && isEnd(last) && bytes.allSatisfy { isEnd($0) || $0 == 0x2D }
    }

    private static func header(_ stack: String) -> String {
        """
        # The file system of the stack \(stack) in the namespaces of its teams.
        #   kubectl apply -f THIS-FILE

        """
    }

    private static func documents(of team: String, _ fileSystem: FileSystem, _ request: Request) -> String {
        let namespace = "hyperpod-ns-\(team)"
        let volume = "fsx-\(fileSystem.id)-\(team)"
        return """
            apiVersion: v1
            kind: PersistentVolume
            metadata:
              name: \(volume)
              labels:
                app.kubernetes.io/managed-by: stackgen
            spec:
              capacity:
                storage: \(request.storageGiB)Gi
              volumeMode: Filesystem
              accessModes: [ReadWriteMany]
              # The file system is the stack's: it stays when a claim goes.
              persistentVolumeReclaimPolicy: Retain
              storageClassName: ""
              mountOptions: [flock]
              claimRef:
                namespace: \(namespace)
                name: \(request.claimName)
              csi:
                driver: fsx.csi.aws.com
                volumeHandle: "\(fileSystem.id)"
                volumeAttributes:
                  dnsname: "\(fileSystem.dnsName)"
                  mountname: "\(fileSystem.mountName)"
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: \(request.claimName)
              namespace: \(namespace)
              labels:
                app.kubernetes.io/managed-by: stackgen
            spec:
              accessModes: [ReadWriteMany]
              storageClassName: ""
              volumeName: \(volume)
              resources:
                requests:
                  storage: \(request.storageGiB)Gi

            """
    }
}
