/// An instance group in the words of the SageMaker API, as the hosted Lambda takes it.
///
/// `TargetAvailabilityZoneId` alone is a word of that Lambda: it looks for a subnet in the zone and places the group
/// there (aws/sagemaker-hyperpod-cluster-setup: hyperpod-cluster-creator).
public struct HostedGroup: Record {
    /// Name, unique in the cluster.
    public var name: HyperPodName = ""
    /// Machine type.
    public var instanceType: InstanceType?
    /// Machine types in order of preference.
    public var instanceRequirements: InstanceRequirements?
    /// Number of nodes.
    public var count = 0
    /// Number of nodes without which the group is given up.
    public var minCount: Int?
    /// Zone of the group.
    public var zone: ZoneID?
    /// 1 switches hyper-threading off; 2 leaves it on.
    public var threadsPerCore: Int?
    /// Volumes and mounts of each node.
    public var storage: [Storage] = []
    /// Existing role of this group.
    public var executionRole: ARN<IAMRole>?
    /// Scripts of this group.
    public var lifecycle: Lifecycle?
    /// Tests of the accelerators before a node takes work.
    public var deepHealthChecks: [InstanceGroup.DeepHealthCheck] = []
    /// Training plan that the capacity comes from.
    public var trainingPlanARN: ARN<TrainingPlan>?
    /// Network of this group instead of the cluster's.
    public var overrideVPC: OverrideVPC?
    /// Custom image built from a HyperPod base image.
    public var imageID: ImageID?
    /// Release of the standard image.
    public var imageReleaseVersion: ImageReleaseVersion?
    /// Labels and taints of the nodes.
    public var kubernetes: Kubernetes?
    /// On-demand or spot capacity.
    public var capacity: Capacity?
    /// How the EFA devices are attached.
    public var networkInterface: NetworkInterface?
    /// When SageMaker updates the software of the nodes.
    public var scheduledUpdate: ScheduledUpdate?
    /// File system of a restricted group.
    public var environment: Environment?

    /// All defaults.
    public init() {}

    /// The group of the scaffold, which `hyp` also sends where the key is absent.
    static let scaffold: HostedGroup = {
        var group = HostedGroup()
        group.name = "default"
        group.instanceType = "ml.t3.medium"
        group.count = 1
        group.zone = "use2-az2"
        group.threadsPerCore = 1
        var volume = EBSVolume()
        volume.sizeGiB = 500
        var storage = Storage()
        storage.ebs = volume
        group.storage = [storage]
        return group
    }()

    /// What is sent of the scaffold's group, in the order of `hyp`.
    static let scaffoldJSON: ConfigValue = .record([
        "InstanceCount": 1, "InstanceGroupName": "default", "InstanceType": "ml.t3.medium",
        "TargetAvailabilityZoneId": "use2-az2", "ThreadsPerCore": 1,
        "InstanceStorageConfigs": .list([.record(["EbsVolumeConfig": .record(["VolumeSizeInGB": 500])])]),
    ])

    /// The fields.
    public static let schema = RecordSchema<HostedGroup>(
        "hosted_group", "A group of equal nodes, spelled as in the SageMaker API."
    ) {
        Field("InstanceCount", \.count, "Number of nodes.", required: true, limits: .range(0...6758), example: 4)
        Field(
            "InstanceGroupName", \.name, "Name, unique in the cluster.", required: true, update: .replacement,
            source: source)
        Field("InstanceType", \.instanceType, "Machine type.", update: .replacement, source: source)
        Field(
            "InstanceRequirements", \.instanceRequirements, "Machine types in order of preference.",
            example: .record(["InstanceTypes": .list(["ml.g5.12xlarge"])]), update: .replacement, source: source)
        Field(
            "MinInstanceCount", \.minCount, "Number of nodes without which the group is given up.",
            limits: .range(0...6758), example: 2, source: source)
        Field(
            "TargetAvailabilityZoneId", \.zone, "Zone of the group.", update: .replacement,
            source: "aws/sagemaker-hyperpod-cluster-setup: hyperpod-cluster-creator")
        Field(
            "ThreadsPerCore", \.threadsPerCore, "1 switches hyper-threading off; 2 leaves it on.",
            limits: .oneOf(1, 2), example: 1, update: .replacement, source: source)
        Field(
            "InstanceStorageConfigs", \.storage, "Volumes and mounts of each node.", limits: .count(0...4),
            example: .list([.record(["EbsVolumeConfig": .record(["VolumeSizeInGB": 500])])]), update: .perField,
            source: source)
        Field("ExecutionRole", \.executionRole, "Existing role of this group.", update: .replacement, source: source)
        Field(
            "LifeCycleConfig", \.lifecycle, "Scripts of this group.",
            example: .record(["SourceS3Uri": "s3://sagemaker-scripts/gpu", "OnCreate": "on_create.sh"]),
            update: .perField, source: source)
        Field(
            "OnStartDeepHealthChecks", \.deepHealthChecks, "Tests of the accelerators before a node takes work.",
            limits: .count(0...2, unique: true), source: source)
        Field("TrainingPlanArn", \.trainingPlanARN, "Training plan that the capacity comes from.", source: source)
        Field(
            "OverrideVpcConfig", \.overrideVPC, "Network of this group instead of the cluster's.",
            example: .record(["Subnets": .list([.string(SubnetID.format.example)])]), update: .replacement,
            source: source)
        Field("ImageId", \.imageID, "Custom image built from a HyperPod base image.", source: source)
        Field("ImageReleaseVersion", \.imageReleaseVersion, "Release of the standard image.", source: source)
        Field(
            "KubernetesConfig", \.kubernetes, "Labels and taints of the nodes.",
            example: .record(["Labels": .record(["role": "training"])]), update: .perField, source: source)
        Field(
            "CapacityRequirements", \.capacity, "On-demand or spot capacity.",
            example: .record(["Spot": .record([:])]), update: .replacement, source: source)
        Field(
            "NetworkInterface", \.networkInterface, "How the EFA devices are attached.",
            example: .record(["InterfaceType": "efa"]), update: .replacement, source: source)
        Field(
            "ScheduledUpdateConfig", \.scheduledUpdate, "When SageMaker updates the software of the nodes.",
            example: .record(["ScheduleExpression": "cron(0 3 ? * SUN *)"]), update: .replacement, source: source)
        Field(
            "EnvironmentConfig", \.environment, "File system of a restricted group.",
            example: .record(["FSxLustreConfig": .record(["SizeInGiB": 1200])]), update: .perField, source: source)
    }

    static let source = "AWS docs: AWS::SageMaker::Cluster"
}
