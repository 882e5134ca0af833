/// Everything that a `config.yaml` of the kind `hosted-stack` says: the settings of the main stack that AWS publishes
/// for HyperPod on EKS, flat, under the names that `hyp init cluster-stack` gives them.
///
/// Names and defaults are those of schema version 1.0 of the PyPI package `sagemaker-hyperpod` 3.12.0; the few keys
/// that stackgen adds come last, and `hyp` takes no notice of them.
public struct HostedStack: Record {
    /// Prefix of the names of all resources; a hyphen and four characters are put behind it.
    public var resourceNamePrefix: ConfigName = "hyp-eks-stack"
    /// Whether the HyperPod cluster is created.
    public var createHyperPodClusterStack = true
    /// Name of the HyperPod cluster.
    public var hyperPodClusterName: HyperPodName = "hyperpod-cluster"
    /// Whether an EKS cluster is created.
    public var createEKSClusterStack = true
    /// Minor version of Kubernetes.
    public var kubernetesVersion: KubernetesVersion = "1.31"
    /// Name of the EKS cluster, new or existing.
    public var eksClusterName: EKSClusterName = "eks-cluster"
    /// Whether the HyperPod Helm chart is installed.
    public var createHelmChartStack = true
    /// Namespace of the Helm release.
    public var namespace: KubernetesName = "kube-system"
    /// Git repository of the Helm chart.
    public var helmRepoURL: HTTPSURL = Self.publishedChart
    /// Folder of the chart in the repository.
    public var helmRepoPath: FilePath = "helm_chart/HyperPodHelmChart"
    /// Switches of the chart, joined by commas.
    public var helmOperators: HelmSwitches = Self.defaultSwitches
    /// Name of the Helm release.
    public var helmRelease: KubernetesName = "dependencies"
    /// Whether SageMaker adds nodes one by one as they come, or all at once.
    public var nodeProvisioningMode = ProvisioningMode.continuous
    /// Whether faulty nodes are replaced automatically.
    public var nodeRecovery = HyperPodSettings.NodeRecovery.automatic
    /// Groups of equal nodes, at most 20.
    public var instanceGroupSettings: [HostedGroup] = [.scaffold]
    /// Restricted groups, at most 20.
    public var rigSettings: [HostedGroup] = []
    /// Bucket of the restricted groups.
    public var rigS3BucketName: BucketName?
    /// Tags of the stack and of the HyperPod cluster.
    public var tags: [HostedTag]?
    /// Whether a VPC is created.
    public var createVPCStack = true
    /// Existing VPC.
    public var vpcID: VPCID?
    /// Range of a new VPC, /16 to /28.
    public var vpcCIDR: CIDRBlock = "10.192.0.0/16"
    /// Zones of a new VPC by id; empty: those of the groups, and the first ones of the region.
    public var availabilityZoneIDs: [ZoneID] = []
    /// Whether a security group is created.
    public var createSecurityGroupStack = true
    /// Existing security group that rules are put into.
    public var securityGroupID: SecurityGroupID?
    /// Existing security groups of the HyperPod cluster.
    public var securityGroupIDs: [SecurityGroupID]?
    /// Existing subnets of the nodes.
    public var privateSubnetIDs: [SubnetID]?
    /// Existing subnets of the control plane.
    public var eksPrivateSubnetIDs: [SubnetID]?
    /// Existing NAT gateways.
    public var natGatewayIDs: [NATGatewayID]?
    /// Existing private route tables.
    public var privateRouteTableIDs: [RouteTableID]?
    /// Whether S3 gets a gateway endpoint.
    public var createS3EndpointStack = true
    /// Whether the inference operator is installed.
    public var enableInferenceFeature = false
    /// Stage of the published bucket.
    public var stage = Stage.prod
    /// Mirror of the published bucket that templates are read from.
    public var customBucketName: BucketName?
    /// Whether the lifecycle script is put into the bucket.
    public var createLifecycleScriptStack = true
    /// Whether the bucket of the script is created.
    public var createS3BucketStack = true
    /// Name of that bucket, behind the prefix, or of an existing one.
    public var s3BucketName: BucketName = "s3-bucket"
    /// Address of the lifecycle script.
    public var githubRawURL: HTTPSURL = Self.publishedScript
    /// File name of the lifecycle script.
    public var onCreatePath: ScriptName = "sagemaker-hyperpod-eks-bucket"
    /// Whether the role of the nodes is created.
    public var createIAMRoleStack = true
    /// Name of that role.
    public var iamRoleName: RoleName = "create-cluster-role"
    /// Whether a file system of FSx for Lustre is created.
    public var createFSxStack = true
    /// Subnet of the file system.
    public var fsxSubnetID: SubnetID?
    /// Zone of the file system; by default the first one of the VPC.
    public var fsxAvailabilityZoneID: ZoneID?
    /// Throughput of the file system.
    public var perUnitStorageThroughput = 250
    /// Whether the file system compresses.
    public var dataCompressionType = Compression.none
    /// Version of Lustre.
    public var fileSystemTypeVersion: LustreVersion = "2.15"
    /// Size of the file system: 1200 or a multiple of 2400.
    public var storageCapacity = 1200
    /// Existing file system.
    public var fsxFileSystemID: FileSystemID?
    /// The kind, for files without the comment `# template: cluster-stack` of hyp; stackgen's own.
    public var kind: Kind?
    /// Version of the schema, where no comment names it.
    public var version = Version.v1
    /// Region of the stack; by default that of the zones, or of --region. stackgen's own.
    public var region: Region?
    /// Name of the stack; by default HyperpodClusterStack- and five characters. stackgen's own.
    public var stackName: StackName?
    /// The characters behind resource_name_prefix; by default made from prefix, cluster name and region.
    public var resourceNameSuffix: NameSuffix?

    /// All defaults.
    public init() {}

    /// The name of this kind.
    public enum Kind: String, Choice {
        /// AWS's published main stack.
        case hostedStack = "hosted-stack"
    }

    /// The versions of this kind's schema, numbered as `hyp` numbers its own.
    public enum Version: String, Choice {
        /// The first one.
        case v1 = "1.0"
    }

    /// How nodes are provisioned.
    public enum ProvisioningMode: String, Choice {
        /// One by one.
        case continuous = "Continuous"
        /// All or nothing.
        case classic = ""
    }

    /// The stages of the published bucket (AllowedValues of the main template).
    public enum Stage: String, Choice {
        /// Before release.
        case gamma
        /// Released.
        case prod
    }

    /// Whether FSx compresses (AllowedValues of the FSx template).
    public enum Compression: String, Choice {
        /// No.
        case none = "NONE"
        /// With LZ4.
        case lz4 = "LZ4"
    }

    /// The chart's repository.
    static let publishedChart: HTTPSURL = "https://github.com/aws/sagemaker-hyperpod-cli.git"
    /// The lifecycle script that AWS publishes.
    static let publishedScript: HTTPSURL =
        "https://raw.githubusercontent.com/aws-samples/awsome-distributed-training/refs/heads/main/1.architectures/7.sagemaker-hyperpod-eks/LifecycleScripts/base-config/on_create.sh"
    /// The switches of `hyp`, with the one that it misspells put right: the chart reads `.enabled`.
    static let defaultSwitches: HelmSwitches =
        "mlflow.enabled=true,trainingOperators.enabled=true,cluster-role-and-bindings.enabled=true,namespaced-role-and-bindings.enabled=true,nvidia-device-plugin.devicePlugin.enabled=true,neuron-device-plugin.devicePlugin.enabled=true,aws-efa-k8s-device-plugin.devicePlugin.enabled=true,mpi-operator.enabled=true,health-monitoring-agent.enabled=true,deep-health-check.enabled=true,job-auto-restart.enabled=true,hyperpod-patching.enabled=true"
}
