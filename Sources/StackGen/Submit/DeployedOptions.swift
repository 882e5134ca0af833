internal import AWS

/// What a stack that is there has of its own, as far as `stack:` of a configuration speaks of it.
struct DeployedOptions: Equatable {
    var isProtected: Bool
    var roleARN: String?
    var tags: [StackRequest.Tag]
    var notificationARNs: [String]
    var rollback: StackRequest.Rollback?
    /// The stack policy; `nil` when it has none or was not asked for.
    var policy: String?

    /// Of a stack. The policy is asked for apart.
    init(_ stack: Stack) {
        isProtected = stack.isTerminationProtected
        roleARN = stack.roleARN
        tags = stack.tags.map { StackRequest.Tag(key: $0.key, value: $0.value) }
        notificationARNs = stack.notificationARNs
        let (alarms, minutes) = (
            stack.rollbackConfiguration.alarmARNs, stack.rollbackConfiguration.monitoringMinutes ?? 0
        )
        rollback =
            alarms.isEmpty && minutes == 0
            ? nil : StackRequest.Rollback(alarmARNs: alarms, monitoringMinutes: minutes)
    }

    /// Of a run that was submitted.
    init(_ request: StackRequest) {
        isProtected = request.enableTerminationProtection
        roleARN = request.roleARN
        tags = request.tags
        notificationARNs = request.notificationARNs
        rollback = request.rollback.flatMap { $0.alarmARNs.isEmpty && $0.monitoringMinutes == 0 ? nil : $0 }
        policy = request.stackPolicy
    }

    /// The tags that stackgen gave it; `nil` when it has none.
    var ownTags: [StackRequest.Tag]? {
        let own = tags.filter { $0.key.hasPrefix(StackTags.prefix) }
        return own.isEmpty ? nil : own
    }

    /// What takes its alarms away; `nil` when it has none.
    var clearedRollback: StackRequest.Rollback? {
        rollback.map { _ in StackRequest.Rollback(alarmARNs: [], monitoringMinutes: 0) }
    }
}

extension SubmissionSettings {
    /// What the configuration asks of the stack itself, against what the stack has: the names of the fields.
    func differences(from deployed: DeployedOptions) -> [String] {
        var names: [String] = []
        if deployed.isProtected != isTerminationProtected { names.append("stack.termination_protection") }
        // CloudFormation takes another role, but never goes back to none.
        if let roleARN, deployed.roleARN != roleARN { names.append("stack.role_arn") }
        if Set(deployed.notificationARNs) != Set(notificationARNs) { names.append("stack.notification_arns") }
        if deployed.rollback?.alarmARNs ?? [] != rollback?.alarmARNs ?? [] { names.append("stack.rollback_alarms") }
        if deployed.rollback?.monitoringMinutes ?? 0 != rollback?.monitoringMinutes ?? 0 {
            names.append("stack.rollback_monitoring_minutes")
        }
        if let stackPolicy, !StackPolicyText.isSame(stackPolicy, deployed.policy) { names.append("stack.policy") }
        func own(_ tags: [StackRequest.Tag]) -> Set<String> {
            Set(tags.filter { !$0.key.hasPrefix(StackTags.prefix) }.map { "\($0.key)=\($0.value)" })
        }
        if own(deployed.tags) != own(tags) { names.append("tags") }
        return names
    }

    /// Whether something differs that only an update of the stack sets: policy and protection have calls of their own.
    func needsCall(_ deployed: DeployedOptions) -> Bool {
        !Set(differences(from: deployed)).isDisjoint(with: [
            "stack.role_arn", "stack.notification_arns", "stack.rollback_alarms", "stack.rollback_monitoring_minutes",
        ])
    }

    /// The options of a stack, with its policy where the configuration has one to compare.
    func deployed(_ stack: Stack, _ client: AWSClient) async throws -> DeployedOptions {
        var deployed = DeployedOptions(stack)
        guard stackPolicy != nil else { return deployed }
        deployed.policy = try await client.send(GetStackPolicyInput(stackName: stack.id))
        return deployed
    }
}
