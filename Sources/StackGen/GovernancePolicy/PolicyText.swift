internal import AWS
internal import StackSchemas

/// Writes a configuration of the kind `task-governance`, every value as YAML would read it back.
struct PolicyText {
    /// The prefix of names.
    var name: String
    /// The region.
    var region: String
    /// The HyperPod cluster.
    var cluster: String
    /// The nodes of each machine type.
    var capacity: [String: Int]
    /// What the policy says.
    var scheduler: SchedulerConfiguration
    /// Its description.
    var description: String?
    /// The quotas.
    var quotas: [Quota]

    /// A team's quota.
    struct Quota {
        var team: String
        var description: String?
        var config: ComputeQuotaConfiguration
        var weight: Int
        var isActive: Bool
    }

    /// The text, ending in a newline.
    var text: String {
        var lines = [
            "# yaml-language-server: $schema=task-governance.schema.json", "kind: task-governance", "version: \"1.0\"",
            "name: \(scalar(name))", "region: \(scalar(region))", "cluster: \(scalar(cluster))",
        ]
        if !capacity.isEmpty {
            lines.append("capacity:")
            lines += capacity.sorted { $0.key < $1.key }.map { "  \(scalar($0.key)): \($0.value)" }
        }
        lines.append("task_governance:")
        if let description { lines.append("  description: \(scalar(description))") }
        lines.append("  fair_share: \(scheduler.fairShare != "Disabled")")
        if let sharing = scheduler.idleResourceSharing {
            lines.append("  idle_resource_sharing: \(sharing == "Enabled")")
        }
        let classes = scheduler.priorityClasses ?? []
        if !classes.isEmpty {
            lines.append("  priority_classes:")
            lines += classes.sorted { ($1.weight, $0.name) < ($0.weight, $1.name) }
                .map { "    \(scalar($0.name)): \($0.weight)" }
        }
        if !quotas.isEmpty { lines.append("  teams:") }
        for quota in quotas.sorted(by: { $0.team < $1.team }) { lines += Self.lines(quota) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ quota: Quota) -> [String] {
        var lines = ["    - name: \(scalar(quota.team))"]
        if let description = quota.description { lines.append("      description: \(scalar(description))") }
        let amounts = quota.config.computeQuotaResources ?? []
        if !amounts.isEmpty { lines.append("      quota:") }
        lines += amounts.flatMap { Self.lines($0, indent: "        ") }
        let sharing = quota.config.resourceSharingConfig
        lines += ["      sharing:", "        strategy: \(scalar(sharing?.strategy ?? "LendAndBorrow"))"]
        if sharing?.strategy != "Lend", sharing?.strategy != "DontLend", let limit = sharing?.borrowLimit {
            lines.append("        borrow_limit_percent: \(limit)")
        }
        let limits = sharing?.absoluteBorrowLimits ?? []
        if !limits.isEmpty { lines.append("        absolute_borrow_limits:") }
        lines += limits.flatMap { Self.lines($0, indent: "          ") }
        lines.append("      preempt_team_tasks: \(scalar(quota.config.preemptTeamTasks ?? "LowerPriority"))")
        lines.append("      fair_share_weight: \(quota.weight)")
        if !quota.isActive { lines.append("      active: false") }
        return lines
    }

    private static func lines(_ amount: ComputeQuotaResource, indent: String) -> [String] {
        var lines = ["\(indent)- instance_type: \(scalar(amount.instanceType))"]
        if let count = amount.count, count > 0 || amount.hasNoParts {
            return lines + ["\(indent)  count: \(count)"]
        }
        if let accelerators = amount.accelerators { lines.append("\(indent)  accelerators: \(accelerators)") }
        if let vcpu = amount.vCpu { lines.append("\(indent)  vcpu: \(ConfigValue.number(vcpu).flowText)") }
        if let memory = amount.memoryInGiB {
            lines.append("\(indent)  memory_gib: \(ConfigValue.number(memory).flowText)")
        }
        if let partition = amount.acceleratorPartition {
            lines.append(
                "\(indent)  accelerator_partition: {type: \(scalar(partition.type)), count: \(partition.count)}")
        }
        return lines
    }

    private static func scalar(_ text: String) -> String { ConfigValue.string(text).flowText }
    private func scalar(_ text: String) -> String { Self.scalar(text) }
}

extension ComputeQuotaResource {
    /// Whether nothing but a count can be meant.
    fileprivate var hasNoParts: Bool {
        accelerators == nil && vCpu == nil && memoryInGiB == nil && acceleratorPartition == nil
    }
}
