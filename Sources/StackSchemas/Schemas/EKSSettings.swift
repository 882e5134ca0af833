/// The control plane: a new EKS cluster, or an existing one.
public struct EKSSettings: Record {
    /// The name of an existing cluster.
    public var existingCluster: EKSClusterName?
    /// The name of a new cluster.
    public var name: EKSClusterName?
    /// The minor version of Kubernetes.
    public var version: KubernetesVersion = "1.34"
    /// Where rights come from.
    public var authenticationMode = AuthenticationMode.apiAndConfigMap
    /// Whether the creator administrates the cluster.
    public var bootstrapCreatorAdmin = true
    /// Whether the API server is reached from the internet.
    public var endpointPublicAccess = true
    /// Whether the API server is reached from the VPC.
    public var endpointPrivateAccess = true
    /// Who reaches it from the internet.
    public var publicAccessCIDRs: [CIDRBlock] = []
    /// The range of Kubernetes services.
    public var serviceIPv4CIDR: CIDRBlock?
    /// The logs of the control plane.
    public var logging = LogType.allCases
    /// The key that encrypts Kubernetes secrets.
    public var secretsKMSKeyARN: ARN<KMSKey>?
    /// What happens at the end of standard support.
    public var supportType: SupportType?
    /// An existing role of the control plane.
    public var clusterRoleARN: ARN<IAMRole>?
    /// Versions of the add-ons that every cluster has.
    public var coreAddonVersions: TextMap<CoreAddonName, AddonVersion> = [:]
    /// Whether these add-ons are created.
    public var coreAddons = true
    /// Who may do what.
    public var accessEntries: [AccessEntry] = []

    /// All defaults.
    public init() {}

    /// Where a cluster takes rights from (AWS docs: CreateAccessConfigRequest).
    public enum AuthenticationMode: String, Choice {
        /// From access entries.
        case api = "API"
        /// From access entries and the config map.
        case apiAndConfigMap = "API_AND_CONFIG_MAP"
    }

    /// A log of the control plane (AWS docs: LogSetup).
    public enum LogType: String, Choice {
        /// The API server.
        case api
        /// Who did what.
        case audit
        /// Sign-ins.
        case authenticator
        /// Controllers.
        case controllerManager
        /// The scheduler.
        case scheduler
    }

    /// What happens at the end of a version's standard support (AWS docs: UpgradePolicyRequest).
    public enum SupportType: String, Choice {
        /// The cluster is upgraded.
        case standard = "STANDARD"
        /// The cluster stays, at a higher price.
        case extended = "EXTENDED"
    }

    /// The fields.
    public static let schema = RecordSchema<EKSSettings>(
        "eks", "The control plane: a new EKS cluster, or an existing one."
    ) {
        Field(
            "existing_cluster", \.existingCluster,
            "Existing EKS cluster; the settings that create one then have no effect.", update: .replacement)
        Field(
            "name", \.name, "Name of a new EKS cluster; by default <name>-eks.", update: .replacement,
            source: "AWS docs: AWS::EKS::Cluster")
        Field(
            "version", \.version, "Minor version of Kubernetes.",
            source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod")
        Field(
            "authentication_mode", \.authenticationMode, "Where rights in the cluster come from.",
            source: "AWS docs: Getting started with Amazon EKS support in SageMaker HyperPod")
        Field(
            "bootstrap_creator_admin", \.bootstrapCreatorAdmin,
            "Whether the identity that creates the cluster becomes its administrator.", update: .replacement,
            source: "AWS docs: AWS::EKS::Cluster")
        Field(
            "endpoint_public_access", \.endpointPublicAccess, "Whether the API server is reached from the internet.",
            source: "AWS docs: VpcConfigRequest")
        Field(
            "endpoint_private_access", \.endpointPrivateAccess, "Whether the API server is reached from the VPC.",
            source: "AWS docs: VpcConfigRequest")
        Field(
            "public_access_cidrs", \.publicAccessCIDRs, "Ranges that reach the public endpoint; empty: everyone.",
            limits: .count(0...40, unique: true), example: .list(["203.0.113.0/24"]),
            source: "AWS docs: VpcConfigRequest")
        Field(
            "service_ipv4_cidr", \.serviceIPv4CIDR, "Range of Kubernetes services, /24 to /12 in a private range.",
            example: "172.20.0.0/16", update: .replacement, source: "AWS docs: KubernetesNetworkConfigRequest")
        Field(
            "logging", \.logging, "Logs of the control plane that go to CloudWatch.", limits: .unique,
            source: "AWS docs: LogSetup")
        Field(
            "secrets_kms_key_arn", \.secretsKMSKeyARN, "KMS key that encrypts Kubernetes secrets.",
            update: .replacement, source: "AWS docs: AWS::EKS::Cluster")
        Field(
            "support_type", \.supportType, "What happens at the end of the version's standard support.",
            source: "AWS docs: UpgradePolicyRequest")
        Field(
            "cluster_role_arn", \.clusterRoleARN, "Existing role of the control plane instead of a new one.",
            update: .replacement, source: "AWS docs: AWS::EKS::Cluster")
        Field(
            "core_addon_versions", \.coreAddonVersions, "Versions of the core add-ons; by default those of EKS.",
            limits: .count(0...4), example: .record(["vpc-cni": "v1.20.4-eksbuild.1"]),
            source: "AWS docs: Amazon EKS add-ons")
        Field(
            "core_addons", \.coreAddons,
            "Whether vpc-cni, kube-proxy, coredns and eks-pod-identity-agent are created; false for an existing "
                + "cluster that has them.", source: "AWS docs: Amazon EKS add-ons")
        Field(
            "access_entries", \.accessEntries, "Who may do what in the cluster.", limits: .count(0...100),
            example: .list([.record(["principal_arn": .string(IAMPrincipal.format.example)])]),
            source: "AWS docs: CreateAccessEntry")
    }
}
