internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// Carries out a plan step by step; each step waits until SageMaker or EKS is done with it.
///
/// Every step looks at what is there before it gives up, so that a call whose answer was lost is no failure, and a
/// second run of the same configuration goes on where the first one was cut off.
struct PolicyWork {
    let run: PolicyRun
    let client: AWSClient
    let record: RunFolder
    let wanted: PolicyRequests
    let live: LivePolicy
    private var patience: Patience
    private var calls: [UInt8] = []

    init(run: PolicyRun, client: AWSClient, record: RunFolder, wanted: PolicyRequests, live: LivePolicy) {
        self.run = run
        self.client = client
        self.record = record
        self.wanted = wanted
        self.live = live
        patience = Patience(run: run, client: client)
    }

    private var clusterARN: String { live.cluster.clusterArn }

    /// Carries out the steps that change something.
    /// - Throws: `WorkflowError` with what failed; what was done before stays, and is in the record.
    mutating func carryOut(_ plan: PolicyPlan) async throws -> [ApplyPolicy.Result] {
        var results: [ApplyPolicy.Result] = []
        for step in plan.steps {
            guard step.isChange else {
                results.append(
                    ApplyPolicy.Result(
                        subject: step.subject.rawValue, name: step.name, action: step.action.rawValue,
                        status: step.status ?? ""))
                continue
            }
            run.progress(.begins(step.title))
            do {
                let status = try await carryOut(step)
                results.append(
                    ApplyPolicy.Result(
                        subject: step.subject.rawValue, name: step.name, action: step.action.rawValue, status: status))
                run.progress(.done(step.title, status: status))
            } catch {
                try? close(results, state: "failed")
                throw error
            }
        }
        try close(results, state: "applied")
        return results
    }

    private mutating func carryOut(_ step: PolicyPlan.Step) async throws -> String {
        switch step.subject {
        case .addon: try await carryOutAddon(step)
        case .policy: try await carryOutPolicy(step)
        case .quota: try await carryOutQuota(step)
        }
    }

    // MARK: The add-on

    private mutating func carryOutAddon(_ step: PolicyPlan.Step) async throws -> String {
        let token = String(try token().suffix(32))
        if step.action == .install {
            let input = CreateAddonInput(
                clusterName: live.eks.name, addonName: LivePolicy.addonName,
                addonVersion: wanted.addon?.addonVersion, clientRequestToken: token)
            // Installed meanwhile, by this command in another place perhaps: that is what was wanted.
            _ = try await call(input, accepting: ["ResourceInUseException"])
        } else if let version = wanted.addon?.addonVersion {
            _ = try await call(
                UpdateAddonInput(
                    clusterName: live.eks.name, addonName: LivePolicy.addonName, addonVersion: version,
                    clientRequestToken: token))
        }
        while true {
            let addon = try await LivePolicy.addon(of: live.eks.name, client)
            if let addon, addon.isActive { return addon.status ?? "" }
            if let addon, addon.isSettled { throw Self.broken(addon) }
            try await patience.wait("the add-on is \(addon?.status ?? "not there yet")")
        }
    }

    private static func broken(_ addon: EKSAddon) -> WorkflowError {
        let issues = (addon.health?.issues ?? []).map {
            Diagnostic.Note("\($0.code ?? "issue"): \($0.message ?? "EKS says nothing more")")
        }
        return WorkflowError(
            .stackFailed,
            PolicyRule.addon.finding("the add-on \(addon.addonName) is \(addon.status ?? "")", notes: issues),
            advice: ["what it does: kubectl get pods -n kueue-system", "after mending it, run the command again"])
    }

    // MARK: The policy

    private mutating func carryOutPolicy(_ step: PolicyPlan.Step) async throws -> String {
        if step.action == .recreate, let id = step.id { try await deletePolicy(id) }
        if step.action == .update, let id = step.id, let version = step.version {
            try await update(
                UpdateClusterSchedulerConfigInput(
                    clusterSchedulerConfigId: id, targetVersion: version,
                    schedulerConfig: wanted.policy.schedulerConfig,
                    description: wanted.policy.description), step)
            return try await waitForPolicy(id)
        }
        let input = CreateClusterSchedulerConfigInput(
            name: wanted.policy.name, clusterArn: clusterARN, schedulerConfig: wanted.policy.schedulerConfig,
            description: wanted.policy.description, tags: wanted.policy.tags)
        if let made = try await call(input, accepting: ["ConflictException"]) {
            return try await waitForPolicy(made.clusterSchedulerConfigId)
        }
        // The answer to a first arrival of the call may have been lost.
        guard let there = try await client.schedulerPolicies(ofCluster: clusterARN).first else {
            throw conflict("another policy is called `\(wanted.policy.name)` in this account and region")
        }
        return try await waitForPolicy(there.id)
    }

    private mutating func waitForPolicy(_ id: String) async throws -> String {
        while true {
            let policy = try await client.send(DescribeClusterSchedulerConfigInput(clusterSchedulerConfigId: id))
            if policy.status.isReady { return policy.status.rawValue }
            if policy.status.isSettled { throw Self.failed("policy", policy.name, policy.status, policy.failureReason) }
            try await patience.wait("the policy `\(policy.name)` is \(policy.status.rawValue)")
        }
    }

    private mutating func deletePolicy(_ id: String) async throws {
        _ = try await call(DeleteClusterSchedulerConfigInput(clusterSchedulerConfigId: id), accepting: Self.gone)
        while true {
            guard
                let there = try await client.schedulerPolicies(ofCluster: clusterARN).first(where: { $0.id == id }),
                there.status.rawValue != "Deleted"
            else { return }
            if there.status.recovery == .deleteAgain {
                throw Self.failed("policy", there.name, there.status, there.failureReason)
            }
            try await patience.wait("the policy `\(there.name)` is \(there.status.rawValue)")
        }
    }

    // MARK: Quotas

    private mutating func carryOutQuota(_ step: PolicyPlan.Step) async throws -> String {
        if step.action == .delete || step.action == .recreate, let id = step.id { try await deleteQuota(id) }
        guard step.action != .delete else { return "Deleted" }
        guard let quota = wanted.quotas.first(where: { $0.target.teamName == step.name }) else { return "" }
        if step.action == .update, let id = step.id, let version = step.version {
            try await update(
                UpdateComputeQuotaInput(
                    computeQuotaId: id, targetVersion: version, computeQuotaConfig: quota.config,
                    computeQuotaTarget: quota.target, activationState: quota.activationState,
                    description: quota.description), step)
            return try await waitForQuota(id)
        }
        let input = CreateComputeQuotaInput(
            name: quota.name, clusterArn: clusterARN, computeQuotaConfig: quota.config,
            computeQuotaTarget: quota.target,
            activationState: quota.activationState, description: quota.description, tags: quota.tags)
        if let made = try await call(input, accepting: ["ConflictException"]) {
            return try await waitForQuota(made.computeQuotaId)
        }
        guard
            let there = try await client.computeQuotas(ofCluster: clusterARN).first(where: {
                $0.computeQuotaTarget.teamName == step.name
            })
        else { throw conflict("another quota is called `\(quota.name)` in this account and region") }
        return try await waitForQuota(there.id)
    }

    private mutating func waitForQuota(_ id: String) async throws -> String {
        while true {
            let quota = try await client.send(DescribeComputeQuotaInput(computeQuotaId: id))
            if quota.status.isReady { return quota.status.rawValue }
            if quota.status.isSettled { throw Self.failed("quota", quota.name, quota.status, quota.failureReason) }
            try await patience.wait("the quota `\(quota.name)` is \(quota.status.rawValue)")
        }
    }

    private mutating func deleteQuota(_ id: String) async throws {
        _ = try await call(DeleteComputeQuotaInput(computeQuotaId: id), accepting: Self.gone)
        while true {
            guard let there = try await client.computeQuotas(ofCluster: clusterARN).first(where: { $0.id == id }),
                there.status.rawValue != "Deleted"
            else { return }
            if there.status.recovery == .deleteAgain {
                throw Self.failed("quota", there.name, there.status, there.failureReason)
            }
            try await patience.wait("the quota `\(there.name)` is \(there.status.rawValue)")
        }
    }

    // MARK: Calls

    private static let gone: Set = ["ResourceNotFound", "ResourceNotFoundException"]

    /// An update whose version is not the present one any more is somebody else's doing.
    private mutating func update(_ input: some AWSOperation & Encodable, _ step: PolicyPlan.Step) async throws {
        guard try await call(input, accepting: ["ConflictException"]) == nil else { return }
        throw WorkflowError(
            .preflight,
            PolicyRule.versionConflict.finding(
                "the \(step.subject.rawValue) `\(step.name)` is not at version \(step.version ?? 0) any more: somebody "
                    + "changed it meanwhile"),
            advice: ["run the command again: it reads what is there now and shows what it would change"])
    }

    /// Sends a call that changes something, and keeps it in the record with what came back.
    /// - Returns: nil where the service refused with one of the accepted codes.
    private mutating func call<Operation: AWSOperation & Encodable>(
        _ operation: Operation, accepting codes: Set<String> = []
    ) async throws -> Operation.Output? {
        var entry = PolicyRecord.Call(
            operation: Operation.name, at: run.host.timestamp(), request: try Self.plain(operation))
        do {
            let output = try await client.send(operation)
            try keep(entry)
            return output
        } catch let error as AWSServiceError {
            entry.error = "\(error.code): \(error.message)"
            try keep(entry)
            guard codes.contains(error.code) else { throw error }
            return nil
        }
    }

    private static func plain(_ operation: some Encodable) throws -> ConfigValue {
        try JSONDecoder().decode(ConfigValue.self, from: try JSONEncoder().encode(operation))
    }

    private mutating func keep(_ call: PolicyRecord.Call) throws {
        calls += try RecordJSON.line(call)
        try record.add(PolicyRecord.calls, calls)
    }

    private func close(_ results: [ApplyPolicy.Result], state: String) throws {
        let now = run.host.timestamp()
        try record.add(
            RunFile.response, try RecordJSON.bytes(PolicyRecord.Response(results: results, finishedAt: now)),
            state: RunManifest.State(state, at: now))
    }

    private func token() throws -> String {
        try RecordJSON.decode(PolicyRecord.Request.self, from: try record.read(RunFile.request)).clientRequestToken
    }

    private func conflict(_ message: String) -> WorkflowError {
        let place = run.compilation.config.nearestSpan(of: "name")
        return WorkflowError(.preflight, PolicyRule.secondPolicy.finding(message, at: place))
    }

    private static func failed(
        _ subject: String, _ name: String, _ status: GovernanceStatus, _ reason: String?
    ) -> WorkflowError {
        var problem = PolicyRule.failedResource.finding(
            "the \(subject) `\(name)` ended in \(status.rawValue)" + (reason.map { ": \($0)" } ?? ""))
        // Found before, it is made anew; here it ends the run.
        problem.severity = .error
        return WorkflowError(
            .stackFailed, problem,
            advice: ["after mending the cause, run the command again: it makes anew what failed"])
    }
}
