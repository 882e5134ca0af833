/// Priorities and quotas of teams.
public struct TaskGovernance: Record {
    /// The version of the add-on.
    public var addonVersion: AddonVersion?
    /// The description of the policy.
    public var description: DescriptionText?
    /// Whether weights decide who borrows.
    public var fairShare = true
    /// Whether capacity of no team is shared.
    public var idleResourceSharing: Bool?
    /// Classes of work and their weights.
    public var priorityClasses: TextMap<GovernanceName, PriorityWeight> = [:]
    /// The teams.
    public var teams: [Team] = []

    /// All defaults.
    public init() {}

    /// The fields.
    public static let schema = RecordSchema<TaskGovernance>("task_governance", "Priorities and quotas of teams.") {
        Field(
            "addon_version", \.addonVersion,
            "Version of the add-on; by default that of EKS for the Kubernetes version.",
            source: "AWS docs: Upgrade the task governance add-on")
        Field("description", \.description, "Description of the cluster policy.")
        Field(
            "fair_share", \.fairShare, "Whether idle capacity is lent by weight (true) or first come, first served.",
            source: "AWS docs: CreateClusterSchedulerConfig")
        Field(
            "idle_resource_sharing", \.idleResourceSharing, "Whether capacity that no team owns is lent to teams.",
            example: true, source: "AWS docs: AWS::SageMaker::ClusterSchedulerConfig")
        Field(
            "priority_classes", \.priorityClasses, "Classes of work with weights of 0 to 100; the higher goes first.",
            limits: .count(0...10), example: .record(["inference": 90, "training": 70]),
            source: "AWS docs: AWS::SageMaker::ClusterSchedulerConfig")
        Field(
            "teams", \.teams, "Teams with their quotas.", limits: .count(0...1000),
            example: .list([.record(["name": "team-a"])]), source: "AWS docs: AWS::SageMaker::ComputeQuota")
    }
}
