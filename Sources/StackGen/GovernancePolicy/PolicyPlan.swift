internal import AWS
internal import Diagnostics
internal import StackSchemas

/// What is to be done, in order, so that what is there becomes what is asked for.
struct PolicyPlan: Codable, Equatable, Sendable {
    /// What is done with one thing.
    enum Action: String, Codable, Sendable {
        case install
        case create
        case update
        /// Deleted and created: the way out of a failed creation.
        case recreate
        case delete
        case leave
        /// There, and not in the configuration; goes when asked for.
        case keep
    }

    /// What a step is about.
    enum Subject: String, Codable, Sendable {
        case addon
        case policy
        case quota
    }

    /// One step.
    struct Step: Codable, Equatable, Sendable {
        var action: Action
        var subject: Subject
        /// The name: the team's for quotas.
        var name: String
        /// The id of what is there.
        var id: String?
        /// The version that an update is made for.
        var version: Int?
        /// The state of what is there.
        var status: String?
        /// What changes.
        var changes: [PolicyChange] = []
    }

    /// The steps: the add-on, then what goes, then the policy, then the quotas.
    var steps: [Step]

    /// Whether there is anything to do.
    var isEmpty: Bool { !steps.contains { $0.isChange } }

    /// Draws the plan.
    /// - Parameter prunes: whether quotas that are not asked for go.
    /// - Throws: `WorkflowError` (`GOV053`, `GOV055`, `GOV058`, `GOV061`) where there is no way.
    init(wanted: PolicyRequests, live: LivePolicy, prunes: Bool) throws {
        try Self.checkCluster(live)
        let teams = Set(wanted.quotas.map(\.target.teamName))
        let rest = live.quotas.filter { !teams.contains($0.computeQuotaTarget.teamName) }
        steps = try Self.addonSteps(wanted, live)
        steps += rest.map { Self.removal(of: $0, prunes: prunes) }
        steps.append(try Self.policyStep(wanted, live))
        for quota in wanted.quotas {
            steps.append(
                Self.step(quota, live.quotas.first { $0.computeQuotaTarget.teamName == quota.target.teamName }))
        }
    }

    private static func checkCluster(_ live: LivePolicy) throws {
        let status = live.cluster.clusterStatus
        guard ["InService", "Updating", "SystemUpdating"].contains(status) else {
            throw WorkflowError(
                .preflight,
                PolicyRule.clusterNotReady.finding("the cluster `\(live.cluster.clusterName ?? "")` is \(status)"))
        }
        if let version = live.eks.version, KubernetesVersion(text: version) < "1.30" {
            throw WorkflowError(
                .preflight,
                PolicyRule.kubernetesTooOld.finding(
                    "the EKS cluster `\(live.eks.name)` has Kubernetes \(version), task governance needs 1.30",
                    fix: Diagnostic.Fix("upgrade the EKS cluster first, one minor version at a time")))
        }
    }

    private static func addonSteps(_ wanted: PolicyRequests, _ live: LivePolicy) throws -> [Step] {
        let name = LivePolicy.addonName
        guard let addon = live.addon else {
            guard let request = wanted.addon else {
                throw WorkflowError(
                    .preflight,
                    PolicyRule.addon.finding(
                        "the add-on \(name) is not installed on `\(live.eks.name)`",
                        fix: Diagnostic.Fix("write `install_addon: true`, or install it")))
            }
            let changes = [PolicyChange(field: "AddonVersion", from: nil, to: request.addonVersion ?? "EKS's default")]
            return [Step(action: .install, subject: .addon, name: name, changes: changes)]
        }
        var step = Step(action: .leave, subject: .addon, name: name, status: addon.status)
        if let version = wanted.addon?.addonVersion, version != addon.addonVersion {
            step.action = .update
            step.changes = [PolicyChange(field: "AddonVersion", from: addon.addonVersion, to: version)]
        }
        return [step]
    }

    private static func policyStep(_ wanted: PolicyRequests, _ live: LivePolicy) throws -> Step {
        guard live.policies.count < 2 else {
            let names = live.policies.map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
            throw WorkflowError(
                .preflight,
                PolicyRule.secondPolicy.finding(
                    "the cluster has \(live.policies.count) policies: \(names)",
                    fix: Diagnostic.Fix("delete all but one: aws sagemaker delete-cluster-scheduler-config")))
        }
        guard let there = live.policies.first else {
            return Step(action: .create, subject: .policy, name: wanted.policy.name)
        }
        let changes = PolicyDifferences.of(wanted.policy, there)
        return Step(
            action: action(there.status, changes), subject: .policy, name: there.name, id: there.id,
            version: there.version, status: there.status.rawValue, changes: changes)
    }

    private static func step(_ wanted: PolicyRequests.Quota, _ there: ComputeQuota?) -> Step {
        guard let there else { return Step(action: .create, subject: .quota, name: wanted.target.teamName) }
        let changes = PolicyDifferences.of(wanted, there)
        return Step(
            action: action(there.status, changes), subject: .quota, name: wanted.target.teamName, id: there.id,
            version: there.version, status: there.status.rawValue, changes: changes)
    }

    private static func removal(of quota: ComputeQuota, prunes: Bool) -> Step {
        Step(
            action: prunes ? .delete : .keep, subject: .quota, name: quota.computeQuotaTarget.teamName, id: quota.id,
            version: quota.version, status: quota.status.rawValue)
    }

    private static func action(_ status: GovernanceStatus, _ changes: [PolicyChange]) -> Action {
        switch status.recovery {
        case .recreate: .recreate
        case .updateAgain: .update
        // What is going has to be gone before it can be made again.
        case .deleteAgain: .recreate
        case .none: status.rawValue == "Deleting" ? .recreate : (changes.isEmpty ? .leave : .update)
        }
    }
}

extension PolicyPlan.Step {
    /// Whether the step does anything.
    var isChange: Bool { action != .leave && action != .keep }
}
