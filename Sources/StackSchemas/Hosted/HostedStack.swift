/// Everything that a `config.yaml` of the kind `hosted-stack` says: the settings of the main stack that AWS publishes
/// for HyperPod on EKS, flat, under the names that `hyp init cluster-stack` gives them.
///
/// Names and defaults are those of schema version 1.0 of the PyPI package `sagemaker-hyperpod` 3.12.0; the few keys
/// that stackgen adds come last, and `hyp` takes no notice of them.
public struct HostedStack: Record {
    public var resourceNamePrefix: ConfigName = "hyp-eks-stack"
    public var createHyperPodClusterStack = true
    public var hyperPodClusterName: HyperPodName = "hyperpod-cluster"
    public var createEKSClusterStack = true
    public var kubernetesVersion: KubernetesVersion = "1.31"
    public var eksClusterName: EKSClusterName = "eks-cluster"
    public var createHelmChartStack = true
    public var namespace: KubernetesName = "kube-system"
    public var helmRepoURL: HTTPSURL = Self.publishedChart
    public var helmRepoPath: FilePath = "helm_chart/HyperPodHelmChart"
    public var helmOperators: HelmSwitches = Self.defaultSwitches
    public var helmRelease: KubernetesName = "dependencies"
    public var nodeProvisioningMode = ProvisioningMode.continuous
    public var nodeRecovery = HyperPodSettings.NodeRecovery.automatic
    public var instanceGroupSettings: [HostedGroup] = [.scaffold]
    public var rigSettings: [HostedGroup] = []
    public var rigS3BucketName: BucketName?
    public var tags: [HostedTag]?
    public var createVPCStack = true
    public var vpcID: VPCID?
    public var vpcCIDR: CIDRBlock = "10.192.0.0/16"
    public var availabilityZoneIDs: [ZoneID] = []
    public var createSecurityGroupStack = true
    public var securityGroupID: SecurityGroupID?
    public var securityGroupIDs: [SecurityGroupID]?
    public var privateSubnetIDs: [SubnetID]?
    public var eksPrivateSubnetIDs: [SubnetID]?
    public var natGatewayIDs: [NATGatewayID]?
    public var privateRouteTableIDs: [RouteTableID]?
    public var createS3EndpointStack = true
    public var enableInferenceFeature = false
    public var stage = Stage.prod
    public var customBucketName: BucketName?
    public var createLifecycleScriptStack = true
    public var createS3BucketStack = true
    public var s3BucketName: BucketName = "s3-bucket"
    public var githubRawURL: HTTPSURL = Self.publishedScript
    public var onCreatePath: ScriptName = "sagemaker-hyperpod-eks-bucket"
    public var createIAMRoleStack = true
    public var iamRoleName: RoleName = "create-cluster-role"
    public var createFSxStack = true
    public var fsxSubnetID: SubnetID?
    public var fsxAvailabilityZoneID: ZoneID?
    public var perUnitStorageThroughput = 250
    public var dataCompressionType = Compression.none
    public var fileSystemTypeVersion: LustreVersion = "2.15"
    public var storageCapacity = 1200
    public var fsxFileSystemID: FileSystemID?
    public var kind: Kind?
    public var version = Version.v1
    public var region: Region?
    public var stackName: StackName?
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
