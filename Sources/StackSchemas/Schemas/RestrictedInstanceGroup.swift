/// A group of nodes in a closed environment, for customising foundation models.
public struct RestrictedInstanceGroup: Record {
    /// The name, unique in the cluster.
    public var name: HyperPodName = ""
    /// The machine type.
    public var instanceType: InstanceType = ""
    /// The number of nodes.
    public var count = 0
    /// The zone.
    public var availabilityZone: ZoneID?
    /// The size of the extra volume.
    public var ebsVolumeGiB: Int?
    /// Hyper-threading.
    public var threadsPerCore: Int?
    /// An existing role of this group.
    public var executionRoleARN: ARN<IAMRole>?
    /// Tests of hardware before a node is used.
    public var deepHealthChecks: [InstanceGroup.DeepHealthCheck] = []
    /// The plan that the capacity comes from.
    public var trainingPlanARN: ARN<TrainingPlan>?
    /// The file system that the service makes.
    public var fsx: RestrictedFileSystem?

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<RestrictedInstanceGroup>(
        "restricted_instance_group", "A group of nodes in a closed environment, for customising foundation models."
    ) {
        Field(
            "name", \.name, "Name, unique in the cluster.", required: true, example: "restricted",
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "instance_type", \.instanceType, "Machine type.", required: true, example: "ml.p5.48xlarge",
            update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "count", \.count, "Number of nodes.", required: true, limits: .range(0...6758), example: 2,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "availability_zone", \.availabilityZone, "Zone of the group; by default HyperPod chooses one.",
            update: .replacement, source: "AWS docs: Prerequisites for using SageMaker HyperPod")
        Field(
            "ebs_volume_gib", \.ebsVolumeGiB, "Extra volume of each node.", limits: .range(1...16384), unit: "GiB",
            example: 500, source: "AWS docs: ClusterEbsVolumeConfig")
        Field(
            "threads_per_core", \.threadsPerCore, "1 switches hyper-threading off; 2 leaves it on.",
            limits: .oneOf(1, 2), example: 1, update: .replacement, source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "execution_role_arn", \.executionRoleARN, "Existing role of this group.", update: .replacement,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "deep_health_checks", \.deepHealthChecks, "Tests of the accelerators before a node takes work.",
            limits: .count(0...2, unique: true), source: "AWS docs: Deep health checks")
        Field(
            "training_plan_arn", \.trainingPlanARN, "Training plan that the capacity comes from.",
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "fsx", \.fsx, "File system that the service makes for this group.",
            example: .record(["size_gib": 1200, "throughput_mbps_per_tib": 250]), update: .perField,
            source: "AWS docs: AWS::SageMaker::Cluster")
    }
}
