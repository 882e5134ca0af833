internal import AWS
internal import Foundation

/// One creation: what it knows from the beginning on, and its steps in order.
struct CreateRun: Sendable {
    let request: CreateStack.Request
    let compilation: Compilation
    let settings: SubmissionSettings
    let host: Host
    let progress: @Sendable (CreateStack.Progress) -> Void

    /// SHA-256 of the bytes that are submitted.
    var templateHash: String { ContentHash.sha256(compilation.bytes) }

    /// Records without asking anybody.
    func recordOnly() throws -> CreateStack.Outcome {
        let draft = RunDraft(
            compilation: compilation, settings: settings, account: nil, callerARN: nil, endpoint: nil,
            bucket: settings.templateBucket, templateURL: nil)
        let record = try write(draft)
        progress(.recorded(record, isResumed: false))
        return outcome(record)
    }

    /// Records, then sends what was recorded.
    func submit() async throws -> CreateStack.Outcome {
        let client = try host.connect(request.connection, configRegion: settings.region)
        let identity = try await client.send(GetCallerIdentityInput())
        if let stack = try await client.stack(settings.name) { return try await adopt(stack, client) }

        let upload = TemplateUpload(client: client, account: identity.account)
        let bucket = try await templateBucket(upload)
        let draft = self.draft(identity, client, upload, bucket)
        let (record, isResumed) = try resumable(draft).map { ($0, true) } ?? (try write(draft), false)
        progress(.recorded(record, isResumed: isResumed))

        let receipt = try await put(bucket, upload, record)
        return try await send(try StackSubmission(record).input(upload: receipt), record, client)
    }

    private func draft(
        _ identity: GetCallerIdentityInput.Output, _ client: AWSClient, _ upload: TemplateUpload,
        _ bucket: TemplateBucket?
    ) -> RunDraft {
        let endpoint = client.configuration.endpoint(for: .cloudFormation)
        return RunDraft(
            compilation: compilation, settings: settings, account: identity.account, callerARN: identity.arn,
            endpoint: endpoint.url.description, bucket: bucket?.name,
            templateURL: bucket.map { upload.url(bucket: $0.name, key: TemplateUpload.key(sha256: templateHash)) })
    }

    /// Sends the call. What a service answers is kept, whatever it is; without an answer the record stays open
    /// and the next run goes on with it.
    private func send(
        _ input: CreateStackInput, _ record: RunFolder, _ client: AWSClient
    ) async throws -> CreateStack.Outcome {
        do {
            let output = try await client.send(input)
            try keep(.accepted(stackID: output.stackID, requestID: output.requestID), in: record)
            progress(.submitted(stackID: output.stackID))
            guard request.waits else { return outcome(record, stackID: output.stackID) }
            return try await watch(output.stackID, client, record)
        } catch let error as AWSServiceError where error.code == "AlreadyExistsException" {
            // Somebody else was faster, perhaps this same command in another terminal.
            try keep(.refused(error), in: record)
            guard let stack = try await client.stack(settings.name) else { throw error }
            return try await adopt(stack, client)
        } catch let error as AWSServiceError {
            try keep(.refused(error), in: record)
            throw error
        }
    }

    /// What is told at the end.
    func outcome(_ record: RunFolder?, stackID: String? = nil, stack: Stack? = nil) -> CreateStack.Outcome {
        let outputs = (stack?.outputs ?? []).map { ($0.key, $0.value) }
        return CreateStack.Outcome(
            record: record?.url.path, stackName: settings.name, region: settings.region,
            stackID: stackID ?? stack?.id, status: stack?.status.rawValue,
            outputs: Dictionary(outputs, uniquingKeysWith: { $1 }))
    }

    /// Follows the stack to its end.
    func watch(_ stackID: String, _ client: AWSClient, _ record: RunFolder?) async throws -> CreateStack.Outcome {
        let watch = StackWatch(client: client, pacing: host.pacing, record: record)
        let waiter = StackWaiter(
            goal: .creation, stackID: stackID, pollInterval: host.pollInterval(client), timeout: request.timeout)
        let progress = progress
        let ending = try await watch.follow(waiter) { progress(.watching($0)) }
        let status = ending.stack?.status ?? .deleteComplete
        try record?.closeEvents(RunManifest.State(status.rawValue, at: host.timestamp()))
        guard status == .createComplete else { throw failure(ending.firstCause, status, record) }
        return outcome(record, stackID: stackID, stack: ending.stack)
    }

    private func failure(_ cause: FirstCause?, _ status: StackStatus, _ record: RunFolder?) -> WorkflowError {
        let events = record.map { ["all events: \($0.url.appendingPathComponent(RunFile.events).path)"] } ?? []
        let next =
            status == .deleteComplete ? [] : ["before the next attempt: stackgen delete \(settings.name) --wait"]
        return WorkflowError(
            .stackFailed, "the stack \(settings.name) ended in \(status.rawValue)\(cause?.clause ?? "")",
            advice: events + next)
    }
}
