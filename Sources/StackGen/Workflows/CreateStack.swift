public import AWS
internal import Diagnostics
public import Foundation

/// Compiles a configuration, records what came of it, and submits exactly that.
public enum CreateStack {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The project.
        public var project: Project
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// The stack's name, in place of the configuration's.
        public var stackName: String?
        /// Stops before the network: compiles, verifies and records.
        public var isDryRun = false
        /// Follows the stack to its end.
        public var waits = false
        /// How long to wait; `nil` for as long as it takes.
        public var timeout: Duration?
        /// Agrees to what would be asked for: a bucket for a long template.
        public var assumesYes = false
        /// Where the record goes; `nil` for a folder of its own below `run/`.
        public var recordURL: URL?
        /// Leaves clock, caller and repository out of the record, so that it is the same everywhere.
        public var isReproducible = false

        /// A request to create a project's stack.
        public init(project: Project) {
            self.project = project
        }
    }

    /// What is told on the way.
    public enum Progress: Sendable {
        /// The configuration is valid and its template evaluated; warnings and notes come along.
        case compiled(Compilation)
        /// The record is complete; nothing was sent yet.
        case recorded(RunFolder, isResumed: Bool)
        /// A bucket for templates was made.
        case bucketCreated(String)
        /// The template was put into a bucket.
        case uploaded(url: String)
        /// The stack exists already and is this configuration's.
        case found(Stack)
        /// CloudFormation took the call.
        case submitted(stackID: String)
        /// Something happened to the stack.
        case watching(StackWatch.Progress)
    }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The record's folder; `nil` when the stack was there already.
        public var record: String?
        /// The stack's name.
        public var stackName: String
        /// The region.
        public var region: String
        /// The stack's ARN; `nil` in a dry run.
        public var stackID: String?
        /// The stack's last status; `nil` when nobody waited.
        public var status: String?
        /// The stack's outputs.
        public var outputs: [String: String]

        private enum CodingKeys: String, CodingKey {
            case record
            case stackName = "stack_name"
            case region
            case stackID = "stack_id"
            case status, outputs
        }
    }

    /// Creates a stack.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; nothing is sent unless the
    ///   record was complete before.
    public static func run(
        _ request: Request, host: Host, progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let compilation = try Compiler.compile(request.project)
        let settings = SubmissionSettings(compilation.stack, name: request.stackName)
        try checkRegion(request, settings)
        progress(.compiled(compilation))
        let run = CreateRun(
            request: request, compilation: compilation, settings: settings, host: host, progress: progress)
        do {
            return request.isDryRun ? try run.record() : try await run.submit()
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
        }
    }

    /// The template holds what belongs to one region, so it cannot be sent to another.
    private static func checkRegion(_ request: Request, _ settings: SubmissionSettings) throws {
        guard let region = request.connection.region, region != settings.region else { return }
        throw WorkflowError(
            .invalidInput,
            ProjectRule.otherRegion.error(
                "the configuration is for \(settings.region), not for \(region)",
                fix: "stackgen configure region=\(region), or leave --region out"))
    }
}

/// One creation: what it knows from the beginning on.
private struct CreateRun {
    let request: CreateStack.Request
    let compilation: Compilation
    let settings: SubmissionSettings
    let host: Host
    let progress: @Sendable (CreateStack.Progress) -> Void

    /// Records without asking anybody.
    func record() throws -> CreateStack.Outcome {
        let draft = RunDraft(
            compilation: compilation, settings: settings, account: nil, callerARN: nil,
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
        let draft = RunDraft(
            compilation: compilation, settings: settings, account: identity.account, callerARN: identity.arn,
            bucket: bucket?.name,
            templateURL: bucket.map { upload.url(bucket: $0.name, key: TemplateUpload.key(sha256: templateHash)) })
        let (record, isResumed) = try resumable(draft).map { ($0, true) } ?? (try write(draft), false)
        progress(.recorded(record, isResumed: isResumed))

        let receipt = try await put(bucket, upload, record)
        let output = try await client.send(try StackSubmission(record).input(upload: receipt))
        try keep(output.stackID, in: record)
        progress(.submitted(stackID: output.stackID))
        guard request.waits else { return outcome(record, stackID: output.stackID) }
        return try await watch(output.stackID, client, record)
    }

    private var templateHash: String { ContentHash.sha256(compilation.bytes) }
}

// MARK: - The record

extension CreateRun {
    private func write(_ draft: RunDraft) throws -> RunFolder {
        let content = try draft.contentSHA256
        let now = request.isReproducible ? nil : host.timestamp()
        let name = [now.map(Self.compact), String(content.prefix(8))].compactMap { $0 }.joined(separator: "-")
        let destination = try request.recordURL.map(Self.unused) ?? unusedFolder(name)
        let path = host.environment.variable("PATH") ?? "/usr/bin:/bin"
        let git = request.isReproducible ? nil : GitState.read(of: request.project.folder.path, searchPath: path)
        let files = try draft.files(name: destination.lastPathComponent, recordedAt: now, git: git)
        return try RunFolder.write(files, to: destination)
    }

    /// A second record of the same content in the same second gets a number behind its name.
    private func unusedFolder(_ name: String) -> URL {
        var url = request.project.runFolder.appendingPathComponent(name)
        var number = 2
        while FileManager.default.fileExists(atPath: url.path) {
            url = request.project.runFolder.appendingPathComponent("\(name)-\(number)")
            number += 1
        }
        return url
    }

    private static func unused(_ url: URL) throws -> URL {
        guard FileManager.default.fileExists(atPath: url.path) else { return url }
        throw WorkflowError(
            .preflight, ProjectRule.exists.error("`\(url.path)` is there already; a record is never changed"))
    }

    /// `2026-11-21T09:30:00Z` as it stands in a folder's name.
    private static func compact(_ timestamp: String) -> String {
        timestamp.filter { $0 != "-" && $0 != ":" }
    }

    /// The last record of the same content that was written and never answered: the process that wrote it was
    /// cut off. Its token makes the call harmless, whether or not it reached AWS the first time.
    private func resumable(_ draft: RunDraft) throws -> RunFolder? {
        guard request.recordURL == nil else { return nil }
        let content = try draft.contentSHA256
        let records = RunFolder.all(in: request.project.runFolder).filter { record in
            guard let manifest = try? record.manifest() else { return false }
            return manifest.contentSHA256 == content && !record.has(RunFile.response)
        }
        return try records.last { try $0.discrepancies().isEmpty }
    }

    private func keep(_ stackID: String, in record: RunFolder) throws {
        let now = host.timestamp()
        let response = StackResponse(stackID: stackID, receivedAt: now)
        try record.add(
            RunFile.response, try RecordJSON.bytes(response), state: RunManifest.State("submitted", at: now))
    }

    private func outcome(_ record: RunFolder?, stackID: String? = nil, stack: Stack? = nil) -> CreateStack.Outcome {
        let outputs = (stack?.outputs ?? []).map { ($0.key, $0.value) }
        return CreateStack.Outcome(
            record: record?.url.path, stackName: settings.name, region: settings.region,
            stackID: stackID ?? stack?.id, status: stack?.status.rawValue,
            outputs: Dictionary(outputs, uniquingKeysWith: { $1 }))
    }
}

// MARK: - The bucket of a long template

extension CreateRun {
    private struct TemplateBucket {
        let name: String
        let isMissing: Bool
    }

    /// The bucket that the template goes to, or `nil` when it goes into the call. Asks before one is made.
    private func templateBucket(_ upload: TemplateUpload) async throws -> TemplateBucket? {
        guard compilation.bytes.count > TemplateLimits.inlineBytes else { return nil }
        let name =
            settings.templateBucket
            ?? TemplateUpload.defaultBucket(account: upload.account, region: settings.region)
        guard try await !upload.exists(name) else { return TemplateBucket(name: name, isMissing: false) }
        let size = compilation.bytes.count
        let question = "The template has \(size) bytes and has to go into a bucket. Create s3://\(name)?"
        guard settings.templateBucket == nil, request.assumesYes || host.confirm?(question) == true else {
            throw WorkflowError(
                .preflight, Self.needsBucket(name, size: size, isOurs: settings.templateBucket == nil))
        }
        return TemplateBucket(name: name, isMissing: true)
    }

    private static func needsBucket(_ name: String, size: Int, isOurs: Bool) -> Diagnostic {
        ProjectRule.bucketNeedsConsent.error(
            "the template has \(size) bytes, more than the \(TemplateLimits.inlineBytes) that fit into the call, "
                + "and the bucket `\(name)` does not exist",
            fix: isOurs
                ? "pass --yes to create it, or name a bucket of yours as `template_bucket`"
                : "create the bucket, or leave `template_bucket` out to use stackgen's own")
    }

    private func put(
        _ bucket: TemplateBucket?, _ upload: TemplateUpload, _ record: RunFolder
    ) async throws -> TemplateUpload.Receipt? {
        guard let bucket else { return nil }
        if bucket.isMissing {
            try await upload.create(bucket.name)
            progress(.bucketCreated(bucket.name))
        }
        // The recorded bytes travel, not the ones in memory.
        let submission = try StackSubmission(record)
        let receipt = try await upload.put(
            submission.template, bucket: bucket.name, sha256: submission.request.template.sha256)
        try record.add(
            RunFile.upload, try RecordJSON.bytes(receipt), state: RunManifest.State("uploaded", at: host.timestamp()))
        progress(.uploaded(url: receipt.url))
        return receipt
    }
}

// MARK: - The stack

extension CreateRun {
    /// A stack of the name is there: ours, then this is the same creation again; otherwise nothing is sent.
    private func adopt(_ stack: Stack, _ client: AWSClient) async throws -> CreateStack.Outcome {
        let hash = stack.tags.first { $0.key == StackTags.templateHash }?.value
        let isAlive = stack.status.isInProgress || !stack.status.isFailure
        guard hash == templateHash, isAlive, stack.status != .deleteInProgress else {
            throw WorkflowError(.preflight, Self.exists(stack), advice: Self.advice(stack))
        }
        progress(.found(stack))
        let record = try lastRecord(of: stack)
        guard request.waits, stack.status.isInProgress else { return outcome(record, stack: stack) }
        return try await watch(stack.id, client, record)
    }

    /// The record whose call made the stack. A record that was cut off before the answer came gets it now.
    private func lastRecord(of stack: Stack) throws -> RunFolder? {
        let records = RunFolder.all(in: request.project.runFolder)
        let record = records.last { record in
            (try? record.request())?.template.sha256 == templateHash
                && (try? record.request())?.stackName == stack.name
        }
        guard let record, !record.has(RunFile.response) else { return record }
        try keep(stack.id, in: record)
        return record
    }

    private static func exists(_ stack: Stack) -> Diagnostic {
        let isOurs = stack.tags.contains { $0.key == StackTags.kind }
        return ProjectRule.stackExists.error(
            "the stack `\(stack.name)` exists already, in status \(stack.status.rawValue), "
                + (isOurs ? "made from another configuration" : "and was not made by stackgen"),
            fix: "choose another name with --stack-name")
    }

    private static func advice(_ stack: Stack) -> [String] {
        guard stack.tags.contains(where: { $0.key == StackTags.kind }) else { return [] }
        return ["to remove it: stackgen delete \(stack.name) --wait"]
    }

    private func watch(_ stackID: String, _ client: AWSClient, _ record: RunFolder?) async throws -> CreateStack.Outcome
    {
        let watch = StackWatch(client: client, pacing: host.pacing, record: record)
        let waiter = StackWaiter(
            goal: .creation, stackID: stackID, pollInterval: host.pollInterval(client), timeout: request.timeout)
        let progress = progress
        let ending = try await watch.follow(waiter) { progress(.watching($0)) }
        let status = ending.stack?.status ?? .deleteComplete
        try close(record, status)
        guard status == .createComplete else { throw failure(ending, status, record) }
        return outcome(record, stackID: stackID, stack: ending.stack)
    }

    private func close(_ record: RunFolder?, _ status: StackStatus) throws {
        guard let record, record.has(RunFile.events) else { return }
        try record.add(
            RunFile.events, try record.read(RunFile.events),
            state: RunManifest.State(status.rawValue, at: host.timestamp()))
    }

    private func failure(_ ending: StackWatch.Ending, _ status: StackStatus, _ record: RunFolder?) -> WorkflowError {
        let cause = ending.firstCause.map { ": \($0.logicalID) (\($0.type)): \($0.reason)" } ?? ""
        let events = record.map { ["all events: \($0.url.appendingPathComponent(RunFile.events).path)"] } ?? []
        let next =
            status == .deleteComplete
            ? [] : ["before the next attempt: stackgen delete \(settings.name) --wait"]
        return WorkflowError(
            .stackFailed, "the stack \(settings.name) ended in \(status.rawValue)\(cause)", advice: events + next)
    }
}

/// What came back, `response.json`.
struct StackResponse: Codable {
    let stackID: String
    let receivedAt: String

    enum CodingKeys: String, CodingKey {
        case stackID = "stack_id"
        case receivedAt = "received_at"
    }
}
