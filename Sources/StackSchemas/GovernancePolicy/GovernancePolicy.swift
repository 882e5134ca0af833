/// Everything that a `config.yaml` of the kind `task-governance` says: priorities and quotas on a HyperPod cluster
/// that exists already.
///
/// `task_governance` is the very record that `cluster-stack` has, so that a policy moves between the kinds as it is.
public struct GovernancePolicy: Record {
    /// The kind.
    public var kind = Kind.taskGovernance
    /// The version of the schema.
    public var version = Version.v1
    /// The prefix of the policy's name.
    public var name: ConfigName = ""
    /// The region of the cluster.
    public var region: Region = ""
    /// The HyperPod cluster.
    public var cluster: HyperPodClusterReference = ""
    /// The EKS cluster under it.
    public var eksCluster: EKSClusterName?
    /// Whether the add-on is installed where it is missing.
    public var installAddon = true
    /// What the cluster has, by machine type.
    public var capacity: TextMap<InstanceType, NodeCount> = [:]
    /// Priorities and quotas.
    public var taskGovernance = TaskGovernance()
    /// Tags of policy and quotas.
    public var tags: TextMap<TagKey, TagValue> = [:]
    /// Rules that are silenced.
    public var allow: [AllowedRule] = []

    /// All defaults.
    public init() {}

    /// The name of this kind.
    public enum Kind: String, Choice {
        /// Task governance of a cluster that exists.
        case taskGovernance = "task-governance"
    }

    /// The versions of this kind's schema.
    public enum Version: String, Choice {
        /// The first one.
        case v1 = "1.0"
    }

    /// The fields.
    public static let schema = RecordSchema<GovernancePolicy>(
        "governance_policy", "Priorities and quotas of the teams that share a HyperPod cluster which exists already."
    ) {
        Field("kind", \.kind, "What this file describes.", required: true, example: "task-governance", update: .none)
        Field(
            "version", \.version, "Version of the schema that this file is written for.", required: true,
            example: "1.0", update: .none)
        Field(
            "name", \.name, "Prefix of the cluster policy's name, which is <name>-scheduler.", required: true,
            example: "ml-cluster", update: .replacement, source: "AWS docs: CreateClusterSchedulerConfig")
        Field("region", \.region, "AWS region of the cluster.", required: true, update: .replacement)
        Field(
            "cluster", \.cluster, "The HyperPod cluster: its name, or its ARN.", required: true, update: .replacement,
            source: "AWS docs: CreateClusterSchedulerConfig")
        Field(
            "eks_cluster", \.eksCluster, "The EKS cluster under it; by default the one that SageMaker names.",
            update: .none, source: "AWS docs: DescribeCluster")
        Field(
            "install_addon", \.installAddon, "Whether the add-on is installed where it is missing.",
            update: .none, source: "AWS docs: Set up task governance")
        Field(
            "capacity", \.capacity,
            "How many nodes of each machine type the cluster has, for checks before anything is asked.",
            limits: .count(0...100), example: .record(["ml.g5.12xlarge": 4]), update: .none)
        Field("task_governance", \.taskGovernance, "Priorities and quotas of teams.", required: true, update: .perField)
        Field(
            "tags", \.tags, "Tags of the policy and of every quota.", limits: .count(0...50),
            example: .record(["team": "ml-platform"]), source: "AWS docs: CreateComputeQuota")
        Field(
            "allow", \.allow, "Rules whose warnings and notes are not to be reported, with reasons.",
            example: .list([.record(["rule": "GOV027", "reason": "the second team comes next month"])]), update: .none)
    }
}
