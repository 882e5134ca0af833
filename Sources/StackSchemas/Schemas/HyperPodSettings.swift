/// Settings of the HyperPod cluster as a whole.
public struct HyperPodSettings: Record {
    /// The name of the cluster.
    public var clusterName: HyperPodName?
    /// Whether faulty nodes are replaced.
    public var nodeRecovery = NodeRecovery.automatic
    /// Whether nodes are provisioned one by one.
    public var nodeProvisioningMode: ProvisioningMode?
    /// Scaling by Karpenter.
    public var karpenter = Karpenter()
    /// Checkpoints in the nodes' memory.
    public var tieredStorage = TieredStorage()

    /// All defaults.
    public init() {}

    /// Whether faulty nodes are replaced (AWS docs: AWS::SageMaker::Cluster).
    public enum NodeRecovery: String, Choice {
        /// Replaced or rebooted.
        case automatic = "Automatic"
        /// Left as they are.
        case none = "None"
    }

    /// How nodes are provisioned (AWS docs: Continuous provisioning).
    public enum ProvisioningMode: String, Choice {
        /// One by one, for as long as it takes.
        case continuous = "Continuous"
    }

    /// Scaling by Karpenter.
    public struct Karpenter: Record {
        /// Whether it is on.
        public var enabled = false
        /// An existing role.
        public var clusterRoleARN: ARN<IAMRole>?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Karpenter>(
            "karpenter", "Scaling of nodes by Karpenter, run by HyperPod."
        ) {
            Field(
                "enabled", \.enabled, "Whether Karpenter scales the nodes.",
                source: "AWS docs: Autoscaling on SageMaker HyperPod EKS")
            Field(
                "cluster_role_arn", \.clusterRoleARN, "Existing role for scaling instead of a new one.",
                source: "AWS docs: Create an IAM role for HyperPod autoscaling with Karpenter")
        }
    }

    /// Checkpoints in the nodes' memory.
    public struct TieredStorage: Record {
        /// Whether it is on.
        public var enabled = false
        /// The share of memory.
        public var memoryPercent: Int?

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<TieredStorage>(
            "tiered_storage", "Checkpoints kept in the nodes' memory."
        ) {
            Field(
                "enabled", \.enabled, "Whether memory of the nodes keeps checkpoints.",
                source: "AWS docs: Managed tiered checkpointing")
            Field(
                "memory_percent", \.memoryPercent, "Share of each node's memory.", limits: .range(20...100),
                unit: "percent", example: 20, source: "AWS docs: Managed tiered checkpointing")
        }
    }

    /// The fields.
    public static let schema = RecordSchema<HyperPodSettings>(
        "hyperpod", "Settings of the HyperPod cluster as a whole."
    ) {
        Field(
            "cluster_name", \.clusterName, "Name of the HyperPod cluster; by default the configuration's name.",
            update: .replacement, source: "AWS docs: CreateCluster")
        Field(
            "node_recovery", \.nodeRecovery, "Whether faulty GPU and Trainium nodes are replaced automatically.",
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "node_provisioning_mode", \.nodeProvisioningMode,
            "Continuous: nodes come one by one and missing capacity is waited for; absent: all or nothing.",
            update: .replacement,
            source: "AWS docs: Continuous provisioning for enhanced cluster operations on Amazon EKS")
        Field("karpenter", \.karpenter, "Scaling of nodes by Karpenter.", update: .perField)
        Field("tiered_storage", \.tieredStorage, "Checkpoints kept in the nodes' memory.", update: .perField)
    }
}
