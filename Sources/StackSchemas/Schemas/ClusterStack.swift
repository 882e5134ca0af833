/// Everything that a `config.yaml` of the kind `cluster-stack` says: a HyperPod cluster on EKS and what it stands on.
///
/// A fresh value holds the defaults. Absent records are `nil` where their absence means that nothing is made.
public struct ClusterStack: Record {
    /// The kind.
    public var kind = Kind.clusterStack
    /// The version of the schema.
    public var version = Version.v1
    /// The prefix of every name.
    public var name: ConfigName = ""
    /// The description of the stack.
    public var description: DescriptionText?
    /// The region of everything.
    public var region: Region = ""
    /// The bucket for templates too large to be sent inline.
    public var templateBucket: BucketName?
    /// Tags of every resource.
    public var tags: TextMap<TagKey, TagValue> = [:]
    /// The CloudFormation stack.
    public var stack = StackSettings()
    /// The network.
    public var vpc = VPCSettings()
    /// The control plane.
    public var eks = EKSSettings()
    /// The HyperPod Helm chart.
    public var helm = HelmSettings()
    /// Roles and boundaries.
    public var iam = IAMSettings()
    /// The script that nodes run at creation.
    public var lifecycle = LifecycleSettings()
    /// The file system, where one is wanted.
    public var fsx: FSxSettings?
    /// The HyperPod cluster.
    public var hyperpod = HyperPodSettings()
    /// Its instance groups.
    public var instanceGroups: [InstanceGroup] = []
    /// Its restricted instance groups.
    public var restrictedInstanceGroups: [RestrictedInstanceGroup] = []
    /// What the restricted groups share.
    public var restrictedEnvironment: RestrictedEnvironment?
    /// Add-ons of EKS.
    public var addons = AddonSettings()
    /// Task governance, where it is wanted.
    public var taskGovernance: TaskGovernance?
    /// Rules that are silenced.
    public var allow: [AllowedRule] = []

    /// All defaults.
    public init() {}

    /// The name of this kind.
    public enum Kind: String, Choice {
        /// A HyperPod cluster on EKS.
        case clusterStack = "cluster-stack"
    }

    /// The versions of this kind's schema.
    public enum Version: String, Choice {
        /// The first one.
        case v1 = "1.0"
    }

    /// The fields.
    public static let schema = RecordSchema<ClusterStack>(
        "cluster_stack", "A SageMaker HyperPod cluster on EKS, with network, storage and task governance."
    ) {
        Field("kind", \.kind, "What this file describes.", required: true, example: "cluster-stack", update: .none)
        Field(
            "version", \.version, "Version of the schema that this file is written for.", required: true,
            example: "1.0", update: .none)
        Field(
            "name", \.name, "Prefix of every name: the HyperPod cluster, the EKS cluster and the stack.",
            required: true, example: "ml-cluster", update: .replacement,
            source: "AWS docs: CreateCluster, CreateStack, IAM and AWS STS quotas")
        Field(
            "description", \.description, "Description of the stack, at most 1,024 bytes.",
            source: "AWS docs: Understand CloudFormation quotas")
        Field("region", \.region, "AWS region of everything.", required: true, update: .replacement)
        Field(
            "template_bucket", \.templateBucket,
            "Bucket into which a template of more than 51,200 bytes is put; by default stackgen-<account>-<region>.",
            update: .none, source: "AWS docs: Understand CloudFormation quotas")
        Field(
            "tags", \.tags, "Tags of the stack and of every resource that takes tags.", limits: .count(0...40),
            example: .record(["team": "ml-platform"]), source: "AWS docs: Tag naming limits and requirements")
        Field("stack", \.stack, "The CloudFormation stack itself.", update: .perField)
        Field("vpc", \.vpc, "The network: a new VPC, or an existing one.", update: .perField)
        Field("eks", \.eks, "The control plane: a new EKS cluster, or an existing one.", update: .perField)
        Field("helm", \.helm, "The Helm chart that HyperPod needs on the EKS cluster.", update: .perField)
        Field(
            "iam", \.iam, "Roles that are used instead of new ones, and the permissions boundary of new ones.",
            update: .perField)
        Field("lifecycle", \.lifecycle, "The script that every node runs when it is created.", update: .perField)
        Field(
            "fsx", \.fsx, "A file system of FSx for Lustre; without this key there is none.",
            example: .record(["storage_gib": 1200]), update: .perField)
        Field("hyperpod", \.hyperpod, "Settings of the HyperPod cluster as a whole.", update: .perField)
        Field(
            "instance_groups", \.instanceGroups, "Groups of equal nodes, 1 to 100 unless there are restricted ones.",
            limits: .count(0...100), example: .list([.record(["name": "workers"])]), update: .perField,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "restricted_instance_groups", \.restrictedInstanceGroups,
            "Groups for customising foundation models in a closed environment; they exclude ordinary groups.",
            limits: .count(0...100), example: .list([.record(["name": "restricted"])]), update: .perField,
            source: "AWS docs: AWS::SageMaker::Cluster")
        Field(
            "restricted_environment", \.restrictedEnvironment, "What the restricted groups read, write and share.",
            example: .record(["input_bucket": "my-training-data"]), update: .perField)
        Field("addons", \.addons, "Add-ons of EKS that can be switched on.", update: .perField)
        Field(
            "task_governance", \.taskGovernance,
            "Priorities and quotas of teams; without this key there are none.",
            example: .record(["fair_share": true]), update: .perField)
        Field(
            "allow", \.allow,
            "Warnings and notes that are not to be reported; at one place alone, a comment does the same.",
            limits: .count(0...100), example: .list([.record(["rule": "FSX011", "reason": "The region has it now."])]),
            update: .none)
    }
}
