/// A team: a namespace, a queue and a quota.
public struct Team: Record {
    /// The name.
    public var name: GovernanceName = ""
    /// The description of its quota.
    public var description: DescriptionText?
    /// What the team owns.
    public var quota: [ResourceQuota] = []
    /// What it lends and borrows.
    public var sharing = Sharing()
    /// Whether its own urgent work pushes out other work of its own.
    public var preemptTeamTasks = Preemption.lowerPriority
    /// Its weight when teams borrow.
    public var fairShareWeight = 0
    /// Whether it may submit work.
    public var active = true

    /// All defaults.
    public init() {}

    /// Whether a team's urgent work pushes out other work of its own (AWS docs: ComputeQuotaConfig).
    public enum Preemption: String, Choice {
        /// Work of lower priority goes.
        case lowerPriority = "LowerPriority"
        /// No work goes.
        case never = "Never"
    }

    /// What a team lends and borrows.
    public struct Sharing: Record {
        /// Whether it lends and borrows.
        public var strategy = Strategy.lendAndBorrow
        /// How much it borrows, as a share of its quota.
        public var borrowLimitPercent: Int?
        /// How much it borrows of each type.
        public var absoluteBorrowLimits: [ResourceQuota] = []

        /// All defaults.
        public init() {}

        /// Whether a team lends and borrows (AWS docs: ResourceSharingConfig).
        public enum Strategy: String, Choice {
            /// It lends and does not borrow.
            case lend = "Lend"
            /// Neither.
            case dontLend = "DontLend"
            /// Both.
            case lendAndBorrow = "LendAndBorrow"
        }

        /// The fields.
        public static let schema = RecordSchema<Sharing>("sharing", "What a team lends and borrows.") {
            Field(
                "strategy", \.strategy, "Whether the team lends and borrows.", source: "AWS docs: ResourceSharingConfig"
            )
            Field(
                "borrow_limit_percent", \.borrowLimitPercent, "How much it borrows, as a share of its quota.",
                limits: .range(0...10_000), unit: "percent", example: 100, source: "AWS docs: ResourceSharingConfig")
            Field(
                "absolute_borrow_limits", \.absoluteBorrowLimits, "How much it borrows of each machine type.",
                limits: .count(0...15), example: .list([.record(["instance_type": "ml.g5.12xlarge", "count": 2])]),
                source: "AWS docs: ResourceSharingConfig")
        }
    }

    /// The fields.
    public static let schema = RecordSchema<Team>("team", "A team: a namespace, a queue and a quota.") {
        Field(
            "name", \.name, "Name; the namespace is hyperpod-ns-<name>.", required: true, update: .replacement,
            source: "AWS docs: AWS::SageMaker::ComputeQuota")
        Field("description", \.description, "Description of the quota.")
        Field(
            "quota", \.quota, "What the team owns, at most 15 entries.", limits: .count(0...15),
            example: .list([.record(["instance_type": "ml.g5.12xlarge", "count": 1])]),
            source: "AWS docs: AWS::SageMaker::ComputeQuota")
        Field("sharing", \.sharing, "What the team lends and borrows.", update: .perField)
        Field(
            "preempt_team_tasks", \.preemptTeamTasks,
            "Whether urgent work of the team pushes out its work of lower priority.",
            source: "AWS docs: ComputeQuotaConfig")
        Field(
            "fair_share_weight", \.fairShareWeight, "Weight when teams borrow idle capacity.", limits: .range(0...100),
            source: "AWS docs: CreateComputeQuota")
        Field("active", \.active, "Whether the team may submit work.", source: "AWS docs: AWS::SageMaker::ComputeQuota")
    }
}
