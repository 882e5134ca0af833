/// How CloudFormation treats the stack.
public struct StackSettings: Record {
    /// The name of the stack.
    public var name: StackName?
    /// Whether deleting it is refused.
    public var terminationProtection = false
    /// What happens when creating it fails.
    public var onFailure = OnFailure.rollback
    /// After how many minutes creating it counts as failed.
    public var timeoutMinutes: Int?
    /// The topics that hear of its events.
    public var notificationARNs: [ARN<SNSTopic>] = []
    /// The role that CloudFormation takes on.
    public var roleARN: ARN<IAMRole>?
    /// The alarms that take an operation back.
    public var rollbackAlarms: [ARN<CloudWatchAlarm>] = []
    /// For how many minutes after an operation the alarms are watched.
    public var rollbackMonitoringMinutes: Int?
    /// What updates may not do.
    public var policy: [StackPolicyDenial] = []

    /// All defaults.
    public init() {}

    /// What CloudFormation does when creating the stack fails (AWS docs: CreateStack).
    public enum OnFailure: String, Choice {
        /// Removes what was made and keeps the stack as a record.
        case rollback = "ROLLBACK"
        /// Removes everything.
        case delete = "DELETE"
        /// Leaves everything as it is.
        case doNothing = "DO_NOTHING"
    }

    /// The fields.
    public static let schema = RecordSchema<StackSettings>("stack", "How CloudFormation treats the stack.") {
        Field(
            "name", \.name, "Name of the stack; by default the configuration's name.", update: .replacement,
            source: "AWS docs: CreateStack")
        Field("termination_protection", \.terminationProtection, "Whether CloudFormation refuses to delete the stack.")
        Field(
            "on_failure", \.onFailure, "What happens when creating the stack fails.", update: .none,
            source: "AWS docs: CreateStack")
        Field(
            "timeout_minutes", \.timeoutMinutes, "Time after which creating the stack counts as failed.",
            limits: .range(1...43200), unit: "minutes", example: 120, update: .none, source: "AWS docs: CreateStack")
        Field(
            "notification_arns", \.notificationARNs, "SNS topics that receive the events of the stack.",
            limits: .count(0...5, unique: true), example: .list([.string(SNSTopic.format.example)]),
            source: "AWS docs: CreateStack")
        Field(
            "role_arn", \.roleARN, "Service role that CloudFormation works with instead of the caller's rights.",
            source: "AWS docs: CreateStack")
        Field(
            "rollback_alarms", \.rollbackAlarms,
            "CloudWatch alarms that take a creation or an update back when they go off.",
            limits: .count(0...5, unique: true), example: .list([.string(CloudWatchAlarm.format.example)]),
            source: "AWS docs: RollbackConfiguration")
        Field(
            "rollback_monitoring_minutes", \.rollbackMonitoringMinutes,
            "How long after an operation the alarms are watched.", limits: .range(0...180), unit: "minutes",
            example: 15, source: "AWS docs: RollbackConfiguration")
        Field(
            "policy", \.policy,
            "What updates may not do to which resources; everything else is allowed. Without it, the policy that the "
                + "stack has stays.",
            limits: .count(0...20), source: "AWS docs: Prevent updates to stack resources")
    }
}
