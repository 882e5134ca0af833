public import YAML

/// Something that stackgen can provision: a name, versions of a schema, and a way to read and check configurations.
///
/// A further kind is one more schema and one more value in `all`.
public struct StackKind: Sendable {
    /// The name that `kind` has in a configuration.
    public let name: String
    /// What it provisions, in one sentence.
    public let summary: String
    /// The versions of its schema, oldest first.
    public let versions: [String]
    /// The schema of a version, as plain data.
    let makeInfo: @Sendable (String) -> SchemaInfo
    /// The type of the whole configuration.
    let root: any FieldValue.Type
    /// The ways from each version to the next, oldest first.
    public var migrations: [SchemaMigration] = []

    /// Whether all its settings are keys of the root.
    public var isFlat = false

    /// The newest version.
    public var newestVersion: String { versions.last ?? "" }

    /// The schema of the newest version, as plain data.
    public var info: SchemaInfo { makeInfo(newestVersion) }

    /// A HyperPod cluster on EKS.
    public static let clusterStack = StackKind(
        name: ClusterStack.Kind.clusterStack.rawValue, summary: ClusterStack.schema.summary,
        versions: ClusterStack.Version.allCases.map(\.rawValue),
        makeInfo: { version in
            SchemaInfo(kind: ClusterStack.Kind.clusterStack.rawValue, version: version, root: ClusterStack.schema.info)
        }, root: ClusterStack.self)

    /// The main stack that AWS publishes, with its parameters: what `hyp` submits.
    public static let hostedStack = StackKind(
        name: HostedStack.Kind.hostedStack.rawValue, summary: HostedStack.schema.summary,
        versions: HostedStack.Version.allCases.map(\.rawValue),
        makeInfo: { version in
            SchemaInfo(kind: HostedStack.Kind.hostedStack.rawValue, version: version, root: HostedStack.schema.info)
        }, root: HostedStack.self, isFlat: true)

    /// Priorities and quotas on a cluster that exists.
    public static let taskGovernance = StackKind(
        name: GovernancePolicy.Kind.taskGovernance.rawValue, summary: GovernancePolicy.schema.summary,
        versions: GovernancePolicy.Version.allCases.map(\.rawValue),
        makeInfo: { version in
            SchemaInfo(
                kind: GovernancePolicy.Kind.taskGovernance.rawValue, version: version,
                root: GovernancePolicy.schema.info)
        }, root: GovernancePolicy.self)

    /// Every kind.
    public static let all: [StackKind] = [clusterStack, hostedStack, taskGovernance]

    /// The kind of a document: the one that it names, that of `hyp` by its comments, or else `cluster-stack`.
    public static func of(_ document: Document) -> StackKind {
        guard let root = document.root else { return clusterStack }
        if let name = root["kind"]?.scalar?.text, let kind = named(name) { return kind }
        return HostedHeader(document).isHosted(root) ? hostedStack : clusterStack
    }

    /// The kind of a name.
    public static func named(_ name: String) -> StackKind? { all.first { $0.name == name } }
}
