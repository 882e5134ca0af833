/// A group of equal nodes.
public struct InstanceGroup: Record {
    /// The name, unique in the cluster.
    public var name: HyperPodName = ""
    /// The machine type.
    public var instanceType: InstanceType?
    /// Machine types in order of preference.
    public var instanceTypes: [InstanceType] = []
    /// The number of nodes.
    public var count = 0
    /// The number of nodes without which the group is given up.
    public var minCount: Int?
    /// The zone.
    public var availabilityZone: ZoneID?
    /// The size of the volume at /opt/sagemaker.
    public var ebsVolumeGiB: Int?
    /// The key of that volume.
    public var ebsKMSKeyARN: ARN<KMSKey>?
    /// The key of the root volume.
    public var rootVolumeKMSKeyARN: ARN<KMSKey>?
    /// Hyper-threading.
    public var threadsPerCore: Int?
    /// An existing role of this group.
    public var executionRoleARN: ARN<IAMRole>?
    /// Scripts of this group.
    public var lifecycleS3URI: S3URI?
    /// The script that is started.
    public var lifecycleOnCreate: ScriptName?
    /// Tests of hardware before a node is used.
    public var deepHealthChecks: [DeepHealthCheck] = []
    /// Labels of the nodes.
    public var labels: TextMap<LabelKey, LabelValue> = [:]
    /// Taints of the nodes.
    public var taints: [Taint] = []
    /// The plan that the capacity comes from.
    public var trainingPlanARN: ARN<TrainingPlan>?
    /// On-demand or spot capacity.
    public var capacityType: CapacityType?
    /// A custom image.
    public var imageID: ImageID?
    /// The release of the standard image.
    public var imageReleaseVersion: ImageReleaseVersion?
    /// How EFA is attached.
    public var networkInterfaceType: NetworkInterfaceType?
    /// Security groups of this group.
    public var securityGroupIDs: [SecurityGroupID] = []
    /// A file system mounted by HyperPod.
    public var fsxMount: FSxMount?
    /// When software is updated.
    public var updateSchedule: CronExpression?
    /// How nodes are patched.
    public var autoPatch: AutoPatch?
    /// How updates roll.
    public var rollingUpdate: RollingUpdate?

    /// All defaults.
    public init() {}

    /// Every type that the group may use.
    public var types: [InstanceType] { (instanceType.map { [$0] } ?? []) + instanceTypes }

    /// The fields.
    public static let schema = RecordSchema<InstanceGroup>("instance_group", "A group of equal nodes.") {
        Field(
            "name", \.name, "Name, unique in the cluster.", required: true, update: .replacement,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "instance_type", \.instanceType, "Machine type; one of instance_type and instance_types is given.",
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "instance_types", \.instanceTypes, "Machine types in order of preference; needs continuous provisioning.",
            limits: .count(0...20, unique: true), example: .list(["ml.g5.12xlarge", "ml.g6.12xlarge"]),
            update: .replacement, source: "AWS docs: ClusterInstanceGroupSpecification")
        Field(
            "count", \.count, "Number of nodes.", required: true, limits: .range(0...6758), example: 4,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "min_count", \.minCount, "Number of nodes without which the group is given up after about three hours.",
            limits: .range(0...6758), example: 2, source: "AWS docs: ClusterInstanceGroupSpecification")
        Field(
            "availability_zone", \.availabilityZone, "Zone of the group; by default HyperPod chooses one.",
            update: .replacement, source: "AWS docs: Prerequisites for using SageMaker HyperPod")
        Field(
            "ebs_volume_gib", \.ebsVolumeGiB, "Volume mounted at /opt/sagemaker.", limits: .range(1...16384),
            unit: "GiB", example: 500, source: "AWS docs: ClusterEbsVolumeConfig")
        Field("ebs_kms_key_arn", \.ebsKMSKeyARN, "KMS key of that volume.", source: "AWS docs: ClusterEbsVolumeConfig")
        Field(
            "root_volume_kms_key_arn", \.rootVolumeKMSKeyARN, "KMS key of the root volume.",
            source: "AWS docs: ClusterEbsVolumeConfig")
        Field(
            "threads_per_core", \.threadsPerCore,
            "1 switches hyper-threading off and halves the vCPUs; 2 leaves it on.",
            limits: .oneOf(1, 2), example: 1, update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "execution_role_arn", \.executionRoleARN, "Existing role of this group.", update: .replacement,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "lifecycle_s3_uri", \.lifecycleS3URI, "Scripts of this group.", example: "s3://sagemaker-scripts/gpu",
            source: "AWS docs: ClusterLifeCycleConfig")
        Field(
            "lifecycle_on_create", \.lifecycleOnCreate, "Script of this group that is started.",
            source: "AWS docs: ClusterLifeCycleConfig")
        Field(
            "deep_health_checks", \.deepHealthChecks, "Tests of the accelerators before a node takes work.",
            limits: .count(0...2, unique: true), source: "AWS docs: Deep health checks")
        Field(
            "labels", \.labels, "Kubernetes labels of the nodes.", limits: .count(0...50),
            example: .record(["role": "training"]), source: "AWS docs: ClusterKubernetesConfig")
        Field(
            "taints", \.taints, "Kubernetes taints of the nodes.", limits: .count(0...50),
            example: .list([.record(["key": "dedicated", "value": "training", "effect": "NoSchedule"])]),
            source: "AWS docs: ClusterKubernetesConfig")
        Field(
            "training_plan_arn", \.trainingPlanARN, "Training plan that the capacity comes from.",
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "capacity_type", \.capacityType, "On-demand or spot capacity; spot needs continuous provisioning.",
            update: .replacement, source: "AWS docs: ClusterCapacityRequirements")
        Field(
            "image_id", \.imageID, "Custom image built from a HyperPod base image.",
            source: "AWS docs: Custom AMIs for SageMaker HyperPod clusters")
        Field(
            "image_release_version", \.imageReleaseVersion, "Release of the standard image.",
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "network_interface_type", \.networkInterfaceType, "How the EFA devices are attached.",
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "security_group_ids", \.securityGroupIDs, "Security groups of this group instead of the cluster's.",
            limits: .count(0...5, unique: true), example: .list([.string(SecurityGroupID.format.example)]),
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "fsx_mount", \.fsxMount, "File system of FSx for Lustre that HyperPod mounts on the nodes.",
            example: .record(["dns_name": .string(LustreDNSName.format.example), "mount_name": "fsx"]),
            update: .perField, source: "AWS docs: ClusterFsxLustreConfig")
        Field(
            "update_schedule", \.updateSchedule, "When SageMaker updates the software of the nodes.",
            update: .replacement, source: "AWS docs: ScheduledUpdateConfig")
        Field(
            "auto_patch", \.autoPatch, "How SageMaker patches the nodes.", example: .record(["strategy": "WhenIdle"]),
            update: .perField, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "rolling_update", \.rollingUpdate, "How many nodes are updated at a time.",
            example: .record(["max_batch_percent": 25]), update: .perField, source: "AWS docs: DeploymentConfiguration")
    }
}
