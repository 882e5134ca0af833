internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// One creation or update: what it knows from the beginning on, and the steps that both have.
struct SubmissionRun: Sendable {
    let operation: Submission.Operation
    let request: Submission.Request
    /// The checked configuration that the template was made from.
    let config: CheckedConfig
    /// The evaluated document: the template, or the parameters for one that AWS publishes.
    let evaluated: EvaluatedTemplate
    /// The resources of the template that CloudFormation works with.
    let map: TemplateMap
    let settings: SubmissionSettings
    let host: Host
    let progress: @Sendable (Submission.Progress) -> Void

    /// SHA-256 of the bytes that are submitted.
    var templateHash: String { ContentHash.sha256(evaluated.file.bytes) }

    /// CloudFormation takes a time limit with the direct call only.
    var usesChangeSet: Bool {
        request.usesChangeSet && !(operation == .create && settings.timeoutInMinutes != nil)
    }

    /// Records without asking anybody.
    func recordOnly(_ compilation: Compilation) throws -> Submission.Outcome {
        let record = try write(draft(compilation, nil, nil, nil, bucket: settings.templateBucket))
        progress(.recorded(record, isResumed: false))
        return outcome(record)
    }

    /// What a run knows once it has asked who it is.
    struct Caller {
        let client: AWSClient
        let identity: GetCallerIdentityInput.Output
        let upload: TemplateUpload

        var account: String { identity.account }
    }

    /// Reaches AWS and asks who the caller is, before anything is sent.
    func connect() async throws -> Caller {
        let client = try host.connect(request.connection, configRegion: settings.region)
        let identity = try await client.send(GetCallerIdentityInput())
        try checkAccount(identity.account, client)
        return Caller(
            client: client, identity: identity, upload: TemplateUpload(client: client, account: identity.account))
    }

    /// Records, or takes up the record that was cut off; then sends what was recorded.
    /// - Parameter stack: the stack as it is, where there is one.
    func submit(_ compilation: Compilation, _ caller: Caller, stack: Stack?) async throws -> Submission.Outcome {
        let bucket = try await templateBucket(caller.upload)
        let draft = self.draft(compilation, stack, caller.client, caller.identity, bucket: bucket?.name)
        let (record, isResumed) =
            try await resumable(draft, caller, stack).map { ($0, true) } ?? (try write(draft), false)
        _ = record.claim()
        progress(.recorded(record, isResumed: isResumed))
        return try await send(record, bucket, caller, stack: stack)
    }

    /// Sends what a record says.
    func send(
        _ record: RunFolder, _ bucket: TemplateBucket?, _ caller: Caller, stack: Stack?
    ) async throws -> Submission.Outcome {
        let receipt = try await put(bucket, caller.upload, record)
        let submission = try StackSubmission(record)
        if submission.request.usesChangeSet {
            return try await submitChangeSet(submission, receipt, record, caller, stack)
        }
        if request.usesChangeSet {
            progress(.withoutChangeSet(reason: "stack.timeout_minutes needs the direct call"))
        }
        return try await submitDirectly(submission, receipt, record, caller)
    }

    private func draft(
        _ compilation: Compilation, _ stack: Stack?, _ client: AWSClient?,
        _ identity: GetCallerIdentityInput.Output?, bucket: String?
    ) -> RunDraft {
        let upload = client.map { TemplateUpload(client: $0, account: identity?.account ?? "") }
        let key = TemplateUpload.key(sha256: templateHash)
        return RunDraft(
            operation: operation, usesChangeSet: usesChangeSet, imports: request.imports,
            importsExisting: request.importsExisting, deployed: stack.map(DeployedOptions.init),
            compilation: compilation, settings: settings,
            account: identity?.account, callerARN: identity?.arn,
            endpoint: client?.configuration.endpoint(for: .cloudFormation).url.description, bucket: bucket,
            templateURL: bucket.flatMap { bucket in upload?.url(bucket: bucket, key: key) })
    }

    /// What is told at the end.
    func outcome(
        _ record: RunFolder?, stackID: String? = nil, stack: Stack? = nil, changes: ChangeReport? = nil,
        isUnchanged: Bool? = nil
    ) -> Submission.Outcome {
        let outputs = (stack?.outputs ?? []).map { ($0.key, $0.value) }
        return Submission.Outcome(
            record: record?.url.path, stackName: settings.name, region: settings.region,
            stackID: stackID ?? stack?.id, status: stack?.status.rawValue,
            outputs: Dictionary(outputs, uniquingKeysWith: { $1 }), changes: changes, isUnchanged: isUnchanged)
    }

    /// The end of a call that CloudFormation took: the wait, where one is wanted.
    func accepted(
        _ stackID: String, _ record: RunFolder?, _ caller: Caller, changes: ChangeReport? = nil,
        after knownEventID: String? = nil
    ) async throws -> Submission.Outcome {
        guard request.waits else { return outcome(record, stackID: stackID, changes: changes) }
        let watch = StackWatch(client: caller.client, pacing: host.pacing, record: record)
        let waiter = StackWaiter(
            goal: operation == .create ? .creation : .update, stackID: stackID, knownEventID: knownEventID,
            pollInterval: host.pollInterval(caller.client), timeout: request.timeout)
        let progress = progress
        progress(.follows(WatchBoard(map: map)))
        let ending = try await watch.follow(waiter) { progress(.watching($0)) }
        let status = ending.stack?.status ?? .deleteComplete
        try record?.closeEvents(RunManifest.State(status.rawValue, at: host.timestamp()))
        guard [.createComplete, .updateComplete, .importComplete].contains(status) else {
            throw failure(ending.firstCause, status, record)
        }
        var result = outcome(record, stackID: stackID, stack: ending.stack, changes: changes)
        if let stack = ending.stack {
            let checks = await ReadyCheck.all(of: stack, caller.client, host)
            progress(.checked(checks))
            result.checks = checks
        }
        return result
    }

    private func failure(_ cause: FirstCause?, _ status: StackStatus, _ record: RunFolder?) -> WorkflowError {
        let events = record.map { ["all events: \($0.url.appendingPathComponent(RunFile.events).path)"] } ?? []
        return StackFailureReport(
            stackName: settings.name, status: status.rawValue, cause: cause,
            origin: ConfigOrigin(config: config, map: map), map: map
        ).error(advice: events + next(after: status))
    }

    private func next(after status: StackStatus) -> [String] {
        switch status {
        case .deleteComplete: []
        case .updateRollbackComplete: ["the stack is as it was before; mend the cause, then: stackgen update"]
        case .updateRollbackFailed: ["to go on: stackgen cancel \(settings.name) --continue-rollback"]
        default: ["before the next attempt: stackgen delete \(settings.name) --wait"]
        }
    }
}

extension WorkflowError {
    /// Does something, with words for whatever goes wrong.
    static func wrapping<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
        }
    }
}
