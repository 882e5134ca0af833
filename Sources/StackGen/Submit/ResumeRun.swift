internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// Goes on with a run from its record alone: what was recorded is sent, whatever the configuration says now.
public enum ResumeRun {
    /// Finds a record by its path, or by its name below a project's `run/`.
    /// - Throws: `WorkflowError` when there is none.
    public static func find(_ text: String, in project: Project) throws -> RunFolder {
        let candidates = [URL(fileURLWithPath: text), project.runFolder.appendingPathComponent(text)]
        guard let record = candidates.map(RunFolder.init(url:)).first(where: { (try? $0.manifest()) != nil }) else {
            throw WorkflowError(
                .usage, "`\(text)` is no run record",
                advice: ["a record is a folder such as run/20261121T093000Z-1f2e3d4c; ls run shows those of a project"])
        }
        return record
    }

    /// Goes on with a run.
    /// - Parameters:
    ///   - record: the record.
    ///   - request: how to go on; its project, name and record are not used.
    /// - Throws: `WorkflowError`; nothing is sent when the record was changed or has come to an end.
    public static func run(
        _ record: RunFolder, _ request: Submission.Request, host: Host,
        progress: @escaping @Sendable (Submission.Progress) -> Void
    ) async throws -> Submission.Outcome {
        try await WorkflowError.wrapping {
            let discrepancies = try record.discrepancies()
            guard record.isIntact else {
                throw WorkflowError(
                    .preflight, "the record \(record.name) is not as it was written: \(discrepancies.first ?? "")",
                    advice: ["stackgen verify \(record.url.path)"])
            }
            guard record.claim() else {
                throw WorkflowError(
                    .preflight, "another process works on the record \(record.name)",
                    advice: ["to follow the stack: stackgen watch"])
            }
            let recorded = try record.request()
            guard recorded.account != nil else {
                throw WorkflowError(
                    .preflight, "the record \(record.name) is of a dry run, which was made for no account",
                    advice: ["stackgen create"])
            }
            let run = try self.submission(record, recorded, request, host, progress)
            return try await run.resume(record, recorded)
        }
    }

    private static func submission(
        _ record: RunFolder, _ recorded: StackRequest, _ request: Submission.Request, _ host: Host,
        _ progress: @escaping @Sendable (Submission.Progress) -> Void
    ) throws -> SubmissionRun {
        func file(_ name: String) throws -> SourceFile {
            SourceFile(name: record.url.appendingPathComponent(name).relativePath, bytes: try record.read(name))
        }
        let config = ConfigChecker.check(try file(RunFile.config))
        guard let stack = config.stack else { throw DiagnosticError(config.diagnostics) }
        var request = request
        request.project = Project(path: record.url.deletingLastPathComponent().deletingLastPathComponent().path)
        request.usesChangeSet = recorded.usesChangeSet
        // The record's account is the one that is meant, and no other.
        request.account = recorded.account
        let evaluated = try EvaluatedTemplate(try file(RunFile.evaluatedTemplate))
        let isPublished = record.has(RunFile.publishedTemplate)
        return SubmissionRun(
            operation: recorded.isUpdate ? .update : .create, request: request, config: config,
            evaluated: evaluated,
            map: TemplateMap(
                isPublished ? try EvaluatedTemplate(try file(RunFile.publishedTemplate)) : evaluated),
            settings: SubmissionSettings(stack, name: recorded.stackName, kind: config.kind?.name), host: host,
            progress: progress)
    }
}

extension SubmissionRun {
    /// What happened to the run so far decides what is left of it.
    fileprivate func resume(_ record: RunFolder, _ recorded: StackRequest) async throws -> Submission.Outcome {
        let caller = try await connect()
        let stack = try await caller.client.stack(settings.name)
        if let stack, let start = try await began(record, stack, caller) {
            progress(.recorded(record, isResumed: true))
            return try await ended(stack, start, record, caller)
        }
        let state = try record.manifest().states.last?.name ?? "recorded"
        guard RunManifest.State.open.contains(state) else {
            throw WorkflowError(
                .preflight, "the run \(record.name) has come to its end in the state `\(state)`",
                advice: ["for a new run: stackgen \(operation.rawValue)"])
        }
        try check(stack, record)
        progress(.recorded(record, isResumed: true))
        let bucket = try await recordedBucket(recorded, caller)
        return try await send(record, bucket, caller, stack: stack)
    }

    /// The call was carried out: the stack is followed, or its end told.
    private func ended(
        _ stack: Stack, _ start: Beginning, _ record: RunFolder, _ caller: Caller
    ) async throws -> Submission.Outcome {
        if stack.status.isInProgress || request.waits { return try await goOn(stack, start, record, caller) }
        let done = try await goOn(stack, start, record, caller)
        try record.closeEvents(RunManifest.State(stack.status.rawValue, at: host.timestamp()))
        return done
    }

    /// A creation needs the name to be free, an update needs the stack.
    private func check(_ stack: Stack?, _ record: RunFolder) throws {
        switch (operation, stack) {
        case (.create, let stack?) where stack.status != .reviewInProgress:
            throw WorkflowError(
                .preflight,
                ProjectRule.stackExists.error(
                    "the stack `\(stack.name)` exists already, and was not made by the run \(record.name)"),
                advice: ["to see what differs: stackgen diff"])
        case (.update, nil):
            throw WorkflowError(
                .preflight,
                ProjectRule.notUpdatable.error("the stack `\(settings.name)` of the run \(record.name) is not there"),
                advice: ["to make it: stackgen create"])
        default: break
        }
    }

    /// The bucket that the record's template goes to; it was agreed to when the record was written.
    private func recordedBucket(_ recorded: StackRequest, _ caller: Caller) async throws -> TemplateBucket? {
        guard let name = recorded.template.object?.bucket, recorded.template.delivery == .s3 else { return nil }
        return TemplateBucket(name: name, isMissing: try await !caller.upload.exists(name))
    }
}
