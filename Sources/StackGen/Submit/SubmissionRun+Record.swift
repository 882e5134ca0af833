internal import AWS
internal import Foundation

/// Writing the record, finding one that was cut off, keeping what came back.
extension SubmissionRun {
    /// Writes the record under a name of its own.
    func write(_ draft: RunDraft) throws -> RunFolder {
        let content = try draft.contentSHA256
        let now = request.isReproducible ? nil : host.timestamp()
        let path = host.environment.variable("PATH") ?? "/usr/bin:/bin"
        let git = request.isReproducible ? nil : GitState.read(of: request.project.folder.path, searchPath: path)
        func files(_ name: String) throws -> [String: [UInt8]] {
            try draft.files(name: name, recordedAt: now, git: git)
        }
        guard let url = request.recordURL else {
            return try RunFolder.write(in: request.project.runFolder, at: now, content: content, files)
        }
        guard !FileManager.default.fileExists(atPath: url.path) else { throw Self.taken(url) }
        return try RunFolder.write(try files(url.lastPathComponent), to: url)
    }

    private static func taken(_ url: URL) -> WorkflowError {
        WorkflowError(
            .preflight, ProjectRule.exists.error("`\(url.path)` is there already; a record is never changed"))
    }

    /// The last record of the same content that was written and not carried out: the process that wrote it was cut
    /// off. Its token makes every call harmless, whether or not it reached AWS the first time.
    func resumable(_ draft: RunDraft, _ caller: Caller, _ stack: Stack?) async throws -> RunFolder? {
        let content = try draft.contentSHA256
        let candidates = request.recordURL.map { [RunFolder(url: $0)] } ?? RunFolder.all(in: request.project.runFolder)
        for record in candidates.reversed() {
            guard let manifest = try? record.manifest(), manifest.contentSHA256 == content,
                RunManifest.State.open.contains(manifest.states.last?.name ?? ""), record.isIntact,
                record.claim()
            else { continue }
            guard try record.lists(RunFile.response) else { return record }
            // Its change set may have been removed meanwhile, and the stack that it was for.
            guard let stack, let id = try? record.request().changeSetName else { continue }
            if try await caller.client.changeSet(id, of: stack.id) != nil { return record }
            if try await began(record, stack, caller) != nil { return record }
        }
        return nil
    }

    /// Keeps what came back.
    func keep(_ response: StackResponse.Answer, as file: String, in record: RunFolder) throws {
        let now = host.timestamp()
        try record.add(
            file, try RecordJSON.bytes(StackResponse(response, receivedAt: now)),
            state: RunManifest.State(response.state, at: now))
    }
}

extension RunManifest.State {
    /// The states after which a run has still something to do.
    static let open: Set<String> = ["recorded", "uploaded", "change-set-created", "reviewed"]
}

/// What came back: `response.json`, and `execution.json` where a change set was executed.
struct StackResponse: Codable {
    /// A service's answer to the call.
    enum Answer {
        case changeSet(CreateChangeSetInput.Output)
        case accepted(stackID: String, requestID: String?)
        case refused(AWSServiceError)

        /// The state of the run after it.
        var state: String {
            switch self {
            case .changeSet: "change-set-created"
            case .accepted: "submitted"
            case .refused: "refused"
            }
        }
    }

    /// The ARN of the change set.
    let changeSetID: String?
    private let stackID: String?
    private let requestID: String?
    private let error: Refusal?
    private let receivedAt: String

    private struct Refusal: Codable {
        let code: String
        let message: String
        let status: Int
    }

    private enum CodingKeys: String, CodingKey {
        case changeSetID = "change_set_id"
        case stackID = "stack_id"
        case requestID = "request_id"
        case error
        case receivedAt = "received_at"
    }

    init(_ answer: Answer, receivedAt: String) {
        self.receivedAt = receivedAt
        switch answer {
        case .changeSet(let output):
            changeSetID = output.changeSetID
            stackID = output.stackID
            requestID = output.requestID
            error = nil
        case .accepted(let stackID, let requestID):
            changeSetID = nil
            self.stackID = stackID
            self.requestID = requestID
            error = nil
        case .refused(let refusal):
            changeSetID = nil
            stackID = nil
            requestID = refusal.requestID
            error = Refusal(code: refusal.code, message: refusal.message, status: refusal.status)
        }
    }
}
