internal import StackSchemas

/// What a configuration says about its stack rather than about what is in it.
struct SubmissionSettings {
    let name: String
    let region: String
    let kind: String
    let schemaVersion: String
    let tags: [StackRequest.Tag]
    let templateBucket: String?
    let onFailure: String
    let timeoutInMinutes: Int?
    let isTerminationProtected: Bool
    let notificationARNs: [String]
    let roleARN: String?
    /// The alarms that take an operation back; `nil` without any.
    let rollback: StackRequest.Rollback?
    /// The stack policy as JSON; `nil` without one.
    let stackPolicy: String?

    /// Reads a checked configuration; a name given on the command line counts before the configuration's.
    /// - Parameter kind: the kind's name, where it is another one than that of the cluster.
    init(_ stack: ClusterStack, name: String?, kind: String? = nil) {
        self.name = name ?? stack.stack.name?.text ?? stack.name.text
        region = stack.region.text
        self.kind = kind ?? stack.kind.rawValue
        schemaVersion = stack.version.rawValue
        tags = stack.tags.entries.map { StackRequest.Tag(key: $0.key.text, value: $0.value.text) }
        templateBucket = stack.templateBucket?.text
        onFailure = stack.stack.onFailure.rawValue
        timeoutInMinutes = stack.stack.timeoutMinutes
        isTerminationProtected = stack.stack.terminationProtection
        notificationARNs = stack.stack.notificationARNs.map(\.text)
        roleARN = stack.stack.roleARN?.text
        let (alarms, minutes) = (stack.stack.rollbackAlarms.map(\.text), stack.stack.rollbackMonitoringMinutes)
        let hasRollback = !alarms.isEmpty || minutes != nil
        rollback = hasRollback ? StackRequest.Rollback(alarmARNs: alarms, monitoringMinutes: minutes ?? 0) : nil
        stackPolicy = StackPolicyText.text(stack.stack.policy)
    }
}
