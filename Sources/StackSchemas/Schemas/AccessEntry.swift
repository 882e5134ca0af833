/// Who may do what in the EKS cluster.
public struct AccessEntry: Record {
    /// The role or user.
    public var principalARN: ARN<IAMPrincipal> = ""
    /// What kind of principal it is.
    public var type = EntryType.standard
    /// The Kubernetes groups that it is a member of.
    public var kubernetesGroups: [KubernetesGroup] = []
    /// Its name in Kubernetes.
    public var username: KubernetesUserName?
    /// The access policies that it has.
    public var policies: [Policy] = []

    /// All defaults.
    public init() {}

    /// What kind of principal an entry is for (AWS docs: CreateAccessEntry).
    public enum EntryType: String, Choice {
        /// People and programs.
        case standard = "STANDARD"
        /// Nodes of Auto Mode.
        case ec2 = "EC2"
        /// Linux nodes.
        case ec2Linux = "EC2_LINUX"
        /// Windows nodes.
        case ec2Windows = "EC2_WINDOWS"
        /// Fargate.
        case fargateLinux = "FARGATE_LINUX"
        /// Hybrid nodes.
        case hybridLinux = "HYBRID_LINUX"
        /// HyperPod nodes.
        case hyperpodLinux = "HYPERPOD_LINUX"
    }

    /// An access policy and where it holds.
    public struct Policy: Record {
        /// The name of the policy.
        public var policy: AccessPolicyName = ""
        /// Where it holds; empty: everywhere.
        public var namespaces: [KubernetesName] = []

        /// All defaults.
        public init() {}

        /// The fields.
        public static let schema = RecordSchema<Policy>("access_policy", "An access policy and where it holds.") {
            Field(
                "policy", \.policy, "Name of the access policy.", required: true,
                source: "AWS docs: Review access policy permissions")
            Field(
                "namespaces", \.namespaces, "Namespaces that it holds in; empty: the whole cluster.",
                limits: .count(0...100, unique: true), example: .list(["hyperpod-ns-team-a"]),
                source: "AWS docs: AssociateAccessPolicy")
        }
    }

    /// The fields.
    public static let schema = RecordSchema<AccessEntry>("access_entry", "Who may do what in the EKS cluster.") {
        Field(
            "principal_arn", \.principalARN, "IAM role or user.", required: true, update: .replacement,
            source: "AWS docs: CreateAccessEntry")
        Field(
            "type", \.type, "What kind of principal it is; only STANDARD entries take policies and groups.",
            update: .replacement, source: "AWS docs: CreateAccessEntry")
        Field(
            "kubernetes_groups", \.kubernetesGroups, "Kubernetes groups that role bindings name.",
            limits: .count(0...100, unique: true), example: .list(["ml-admins"]), source: "AWS docs: CreateAccessEntry")
        Field(
            "username", \.username, "User name that Kubernetes sees; by default made by EKS.",
            source: "AWS docs: CreateAccessEntry")
        Field(
            "policies", \.policies, "Access policies of EKS.", limits: .count(0...20),
            example: .list([.record(["policy": "AmazonEKSClusterAdminPolicy"])]),
            source: "AWS docs: AWS::EKS::AccessEntry")
    }
}
