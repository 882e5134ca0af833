internal import AWS
internal import Foundation

/// Writing the record, finding one that was cut off, keeping what came back.
extension CreateRun {
    /// Writes the record under a name of its own.
    func write(_ draft: RunDraft) throws -> RunFolder {
        let content = try draft.contentSHA256
        let now = request.isReproducible ? nil : host.timestamp()
        let path = host.environment.variable("PATH") ?? "/usr/bin:/bin"
        let git = request.isReproducible ? nil : GitState.read(of: request.project.folder.path, searchPath: path)
        func write(to url: URL) throws -> RunFolder {
            try RunFolder.write(
                try draft.files(name: url.lastPathComponent, recordedAt: now, git: git), to: url)
        }
        if let url = request.recordURL {
            guard !FileManager.default.fileExists(atPath: url.path) else { throw Self.taken(url) }
            return try write(to: url)
        }
        let name = [now.map(Self.compact), String(content.prefix(8))].compactMap { $0 }.joined(separator: "-")
        return try firstFree(name, write)
    }

    /// A second record of the same content in the same second gets a number behind its name. Another process may
    /// take a name between the look and the write, so the write itself decides.
    private func firstFree(_ name: String, _ write: (URL) throws -> RunFolder) throws -> RunFolder {
        var number = 1
        while true {
            let suffix = number == 1 ? "" : (number < 10 ? "-0\(number)" : "-\(number)")
            let url = request.project.runFolder.appendingPathComponent(name + suffix)
            number += 1
            if number <= 1_000, FileManager.default.fileExists(atPath: url.path) { continue }
            do {
                return try write(url)
            } catch  where number <= 1_000 && FileManager.default.fileExists(atPath: url.path) {
                continue
            }
        }
    }

    private static func taken(_ url: URL) -> WorkflowError {
        WorkflowError(
            .preflight, ProjectRule.exists.error("`\(url.path)` is there already; a record is never changed"))
    }

    /// `2026-11-21T09:30:00Z` as it stands in a folder's name.
    private static func compact(_ timestamp: String) -> String {
        timestamp.filter { $0 != "-" && $0 != ":" }
    }

    /// The last record of the same content that was written and never answered: the process that wrote it was
    /// cut off. Its token makes the call harmless, whether or not it reached AWS the first time.
    func resumable(_ draft: RunDraft) throws -> RunFolder? {
        let content = try draft.contentSHA256
        let candidates = request.recordURL.map { [RunFolder(url: $0)] } ?? RunFolder.all(in: request.project.runFolder)
        return candidates.last { record in
            guard let manifest = try? record.manifest(), manifest.contentSHA256 == content else { return false }
            return !record.has(RunFile.response) && (try? record.discrepancies()) == []
        }
    }

    /// Keeps what came back.
    func keep(_ response: StackResponse.Answer, in record: RunFolder) throws {
        let now = host.timestamp()
        try record.add(
            RunFile.response, try RecordJSON.bytes(StackResponse(response, receivedAt: now)),
            state: RunManifest.State(response.state, at: now))
    }
}

/// What came back, `response.json`.
struct StackResponse: Codable {
    /// A service's answer to the call.
    enum Answer {
        case accepted(stackID: String, requestID: String?)
        case refused(AWSServiceError)

        /// The state of the run after it.
        var state: String {
            switch self {
            case .accepted: "submitted"
            case .refused: "refused"
            }
        }
    }

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
        case stackID = "stack_id"
        case requestID = "request_id"
        case error
        case receivedAt = "received_at"
    }

    init(_ answer: Answer, receivedAt: String) {
        self.receivedAt = receivedAt
        switch answer {
        case .accepted(let stackID, let requestID):
            self.stackID = stackID
            self.requestID = requestID
            error = nil
        case .refused(let refusal):
            stackID = nil
            requestID = refusal.requestID
            error = Refusal(code: refusal.code, message: refusal.message, status: refusal.status)
        }
    }
}
