extension InstanceGroup {
    /// A test of hardware before a node is used (AWS docs: Deep health checks).
    public enum DeepHealthCheck: String, Choice {
        /// Accelerators, memory and links of one node.
        case instanceStress = "InstanceStress"
        /// The network between nodes.
        case instanceConnectivity = "InstanceConnectivity"
    }

    /// Where capacity comes from (AWS docs: ClusterCapacityRequirements).
    public enum CapacityType: String, Choice {
        /// Paid by use, kept until released.
        case onDemand = "OnDemand"
        /// Cheaper, taken back at any time.
        case spot = "Spot"
    }

    /// How EFA devices are attached (AWS docs: AWS::SageMaker::Cluster).
    public enum NetworkInterfaceType: String, Choice {
        /// With an IP device.
        case efa
        /// Without one.
        case efaOnly = "efa-only"
    }

    /// What keeps pods away from nodes.
    public struct Taint: Record {
        /// The key.
        public var key: LabelKey = ""
        /// The value.
        public var value: LabelValue?
        /// What happens to pods that do not tolerate it.
        public var effect = Effect.noSchedule

        /// All defaults.
        public init() {}

        /// What happens to pods that do not tolerate a taint (Kubernetes docs: Taints and Tolerations).
        public enum Effect: String, Choice {
            /// New pods stay away.
            case noSchedule = "NoSchedule"
            /// New pods stay away where they can.
            case preferNoSchedule = "PreferNoSchedule"
            /// Running pods have to go.
            case noExecute = "NoExecute"
        }

        /// The fields.
        public static let schema = RecordSchema<Taint>("taint", "What keeps pods away from nodes.") {
            Field(
                "key", \.key, "Key of the taint.", required: true, example: "dedicated",
                source: "AWS docs: ClusterKubernetesTaint")
            Field("value", \.value, "Value of the taint.", source: "AWS docs: ClusterKubernetesTaint")
            Field(
                "effect", \.effect, "What happens to pods that do not tolerate it.", required: true,
                source: "AWS docs: ClusterKubernetesTaint")
        }
    }

    /// A file system that HyperPod mounts on the nodes.
    public struct FSxMount: Record {
        /// The DNS name of the file system.
        public var dnsName: LustreDNSName?
        /// Its mount name.
        public var mountName: MountName?
        /// Where it is mounted.
        public var mountPath: MountPath = "/fsx"

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<FSxMount>(
            "fsx_mount", "A file system that HyperPod mounts on the nodes."
        ) {
            Field(
                "dns_name", \.dnsName, "DNS name of the file system; by default that of the stack.",
                source: "AWS docs: ClusterFsxLustreConfig")
            Field(
                "mount_name", \.mountName, "Mount name of the file system; by default that of the stack.",
                source: "AWS docs: ClusterFsxLustreConfig")
            Field("mount_path", \.mountPath, "Where the nodes see it.", source: "AWS docs: ClusterFsxLustreConfig")
        }
    }

    /// How SageMaker patches the nodes.
    public struct AutoPatch: Record {
        /// When a node is patched.
        public var strategy = Strategy.whenIdle

        /// All defaults.
        public init() {}

        /// When a node is patched (AWS docs: AWS::SageMaker::Cluster).
        public enum Strategy: String, Choice {
            /// When it has no work.
            case whenIdle = "WhenIdle"
            /// When no node of the group has work.
            case whenAllIdle = "WhenAllIdle"
        }

        /// The fields.
        public static let schema = RecordSchema<AutoPatch>("auto_patch", "How SageMaker patches the nodes.") {
            Field(
                "strategy", \.strategy, "When a node is patched.", required: true,
                source: "AWS docs: AWS::SageMaker::Cluster")
        }
    }

    /// How many nodes are updated at a time.
    public struct RollingUpdate: Record {
        /// The share of nodes.
        public var maxBatchPercent: Int?
        /// The number of nodes.
        public var maxBatchCount: Int?
        /// The pause between batches.
        public var waitSeconds = 0
        /// Alarms that stop the update.
        public var alarms: [AlarmName] = []

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<RollingUpdate>(
            "rolling_update", "How many nodes are updated at a time."
        ) {
            Field(
                "max_batch_percent", \.maxBatchPercent, "Largest share of nodes updated at a time.",
                limits: .range(1...100), unit: "percent", example: 25, source: "AWS docs: RollingDeploymentPolicy")
            Field(
                "max_batch_count", \.maxBatchCount, "Largest number of nodes updated at a time.",
                limits: .range(1...6758), example: 2, source: "AWS docs: RollingDeploymentPolicy")
            Field(
                "wait_seconds", \.waitSeconds, "Pause between batches.", limits: .range(0...3600), unit: "seconds",
                source: "AWS docs: DeploymentConfiguration")
            Field(
                "alarms", \.alarms, "CloudWatch alarms that roll the update back.",
                limits: .count(0...10, unique: true), example: .list(["gpu-errors"]),
                source: "AWS docs: DeploymentConfiguration")
        }
    }
}
