internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// One application of a policy: compiled, then planned, recorded, and carried out.
struct PolicyRun: Sendable {
    let request: ApplyPolicy.Request
    let compilation: Compilation
    let policy: GovernancePolicy
    let host: Host
    let progress: @Sendable (ApplyPolicy.Progress) -> Void

    /// Records without asking anybody.
    func recordOnly() throws -> ApplyPolicy.Outcome {
        let record = try write(
            PolicyRecord.Request(
                region: policy.region.text, cluster: policy.cluster.text, clientRequestToken: "",
                requestsSHA256: ContentHash.sha256(compilation.bytes)),
            callerARN: nil)
        progress(.recorded(record))
        return ApplyPolicy.Outcome(
            record: record.url.path, cluster: policy.cluster.text, region: policy.region.text, steps: nil, results: [])
    }

    /// Plans, records and carries out.
    /// - Parameter agree: is shown the plan; `false` leaves everything as it is.
    func apply(agree: @Sendable (PolicyPlan) throws -> Bool) async throws -> ApplyPolicy.Outcome {
        do {
            return try await plannedAndApplied(agree: agree)
        } catch let error as WorkflowError {
            throw located(error)
        }
    }

    /// A problem that a service found, at the value that it is about.
    private func located(_ error: WorkflowError) -> WorkflowError {
        guard var problem = error.diagnostics.first, error.diagnostics.count == 1, problem.span == nil,
            let rule = PolicyRule(rawValue: problem.id)
        else { return error }
        switch rule {
        case .noCluster, .notEKS, .kubernetesTooOld, .ownKueue, .clusterNotReady, .secondPolicy:
            problem.span = compilation.config.nearestSpan(of: "cluster")
        case .addon: problem.span = compilation.config.span(of: "install_addon")
        default: return error
        }
        return WorkflowError(error.cause, problem, advice: error.advice)
    }

    private func plannedAndApplied(
        agree: @Sendable (PolicyPlan) throws -> Bool
    ) async throws -> ApplyPolicy.Outcome {
        let client = try host.connect(request.connection, configRegion: policy.region.text)
        let identity = try await client.send(GetCallerIdentityInput())
        var wanted = try PolicyRequests(compilation.evaluated)
        let live = try await settled(client)
        try await refuseOwnKueue(live)
        let plan = try PolicyPlan(wanted: wanted, live: live, prunes: request.prunes)
        progress(.planned(ApplyPolicy.Plan(plan), warnings: warnings(wanted, live, plan)))
        guard !plan.isEmpty else { return outcome(nil, plan, live) }
        if request.onlyPlans { return outcome(nil, plan, live) }
        guard try agree(plan) else {
            throw WorkflowError(.preflight, "nothing was changed: the plan was not agreed to", advice: ["pass --yes"])
        }
        let record = try write(
            PolicyRecord.Request(
                region: policy.region.text, account: identity.account,
                endpoint: client.configuration.endpoint(for: .sageMaker).url.description, cluster: policy.cluster.text,
                clusterARN: live.cluster.clusterArn, eksCluster: live.eks.name, clientRequestToken: "",
                requestsSHA256: ContentHash.sha256(compilation.bytes), steps: plan.steps),
            callerARN: identity.arn)
        progress(.recorded(record))
        // The recorded bytes are what is sent, not the ones in memory.
        wanted = try PolicyRequests(
            EvaluatedTemplate(
                SourceFile(name: RunFile.evaluatedTemplate, bytes: try record.read(RunFile.evaluatedTemplate))))
        var work = PolicyWork(run: self, client: client, record: record, wanted: wanted, live: live)
        let results = try await work.carryOut(plan)
        return ApplyPolicy.Outcome(
            record: record.url.path, cluster: live.cluster.clusterName ?? policy.cluster.text,
            region: policy.region.text, steps: plan.steps, results: results)
    }

    /// What is there, once nothing of it is on its way: a run that was cut off may have left work behind.
    private func settled(_ client: AWSClient) async throws -> LivePolicy {
        var clock = Patience(run: self, client: client)
        while true {
            let live = try await LivePolicy.read(
                cluster: policy.cluster.text, eksCluster: policy.eksCluster?.text, client)
            let moving =
                live.policies.filter { !$0.status.isSettled }.map { "\($0.name) (\($0.status.rawValue))" }
                + live.quotas.filter { !$0.status.isSettled }.map { "\($0.name) (\($0.status.rawValue))" }
                + (live.addon.map { $0.isSettled ? [] : ["\($0.addonName) (\($0.status ?? ""))"] } ?? [])
            guard let first = moving.first else { return live }
            try await clock.wait("\(first) is still on its way")
        }
    }

    private func refuseOwnKueue(_ live: LivePolicy) async throws {
        guard live.addon == nil, let found = await KubectlProbe(host: host).foreignKueue(of: live.eks) else { return }
        throw WorkflowError(
            .preflight,
            PolicyRule.ownKueue.finding(
                "the cluster has a Kueue of its own: \(found)",
                fix: Diagnostic.Fix("remove it first, the add-on brings Kueue: kubectl get deployment -A | grep kueue"))
        )
    }

    private func warnings(_ wanted: PolicyRequests, _ live: LivePolicy, _ plan: PolicyPlan) -> [Diagnostic] {
        let config = compilation.config
        var found: [Diagnostic] = []
        let capacity = live.capacity
        for (index, quota) in wanted.quotas.enumerated() where !capacity.isEmpty {
            for (position, amount) in (quota.config.computeQuotaResources ?? []).enumerated()
            where capacity[amount.instanceType] == nil {
                let path = "task_governance.teams[\(index)].quota[\(position)].instance_type"
                found.append(
                    PolicyRule.typeNotInCluster.finding(
                        "no instance group of the cluster has \(amount.instanceType)",
                        at: config.nearestSpan(of: path),
                        notes: [Diagnostic.Note("it has \(capacity.keys.sorted().joined(separator: ", "))")]))
            }
        }
        for step in plan.steps where step.action == .keep {
            found.append(
                PolicyRule.needsPruning.finding(
                    "the team `\(step.name)` has a quota and is not in the configuration",
                    at: config.nearestSpan(of: "task_governance.teams"),
                    fix: Diagnostic.Fix("add the team, or pass --prune to delete its quota")))
        }
        for step in plan.steps where step.action == .recreate {
            found.append(
                PolicyRule.failedResource.finding(
                    "the \(step.subject.rawValue) `\(step.name)` is in \(step.status ?? ""), and is made anew"))
        }
        if let policy = live.policies.first, policy.name != wanted.policy.name {
            found.append(
                PolicyRule.renamed.finding(
                    "the cluster's policy is called `\(policy.name)`, and keeps that name",
                    at: config.nearestSpan(of: "name")))
        }
        return found
    }

    private func outcome(_ record: RunFolder?, _ plan: PolicyPlan, _ live: LivePolicy) -> ApplyPolicy.Outcome {
        ApplyPolicy.Outcome(
            record: record?.url.path, cluster: live.cluster.clusterName ?? policy.cluster.text,
            region: policy.region.text, steps: plan.steps, results: [])
    }

    // MARK: The record

    private func write(_ draft: PolicyRecord.Request, callerARN: String?) throws -> RunFolder {
        let now = host.timestamp()
        var sources = compilation.template.partials.mapValues(\.bytes)
        sources[RunFile.config] = compilation.configFile.bytes
        sources[RunFile.template] = compilation.template.entry.bytes
        sources[RunFile.evaluatedTemplate] = compilation.bytes
        let content = try PolicyRecord.contentSHA256(
            sources: sources.mapValues { ContentHash.sha256($0) }, request: draft)
        func files(_ name: String) throws -> [String: [UInt8]] {
            try self.files(sources, draft, content, name, callerARN)
        }
        guard let url = request.recordURL else {
            return try RunFolder.write(in: request.project.runFolder, at: now, content: content, files)
        }
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw WorkflowError(
                .preflight, ProjectRule.exists.error("`\(url.path)` is there already; a record is never changed"))
        }
        return try RunFolder.write(try files(url.lastPathComponent), to: url)
    }

    private func files(
        _ sources: [String: [UInt8]], _ draft: PolicyRecord.Request, _ content: String, _ name: String,
        _ callerARN: String?
    ) throws -> [String: [UInt8]] {
        var call = draft
        call.clientRequestToken = RunContent.token(record: name, content: content)
        var files = sources
        files[RunFile.request] = try RecordJSON.bytes(call)
        let now = host.timestamp()
        let path = host.environment.variable("PATH") ?? "/usr/bin:/bin"
        let manifest = RunManifest(
            run: name, recordedAt: now, tool: .init(version: StackGenVersion.current),
            kind: policy.kind.rawValue, schemaVersion: policy.version.rawValue,
            template: .init(
                origin: compilation.template.origin.rawValue,
                sha256: ContentHash.sha256(compilation.template.entry.bytes),
                isUnchanged: compilation.template.isUnchanged),
            contentSHA256: content, files: files.mapValues { RunManifest.File($0) },
            git: GitState.read(of: request.project.folder.path, searchPath: path), callerARN: callerARN,
            silenced: compilation.config.silenced.map { .init(id: $0.id, reason: $0.reason, line: $0.line) },
            states: [.init("recorded", at: now)])
        files[RunFile.manifest] = try RecordJSON.bytes(manifest)
        return files
    }
}
