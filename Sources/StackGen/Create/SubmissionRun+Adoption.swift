internal import AWS
internal import Diagnostics
internal import StackSchemas

/// What happens when a stack of the name is there already.
extension SubmissionRun {
    /// A stack that this configuration made is this same creation again: it is followed, or told of. Any other
    /// stack is left alone, and nothing is sent.
    func adopt(_ stack: Stack, _ caller: Caller) async throws -> Submission.Outcome {
        guard try await hasSameTemplate(stack, caller.client) else {
            throw WorkflowError(.preflight, Self.foreign(stack), advice: Self.advice(stack))
        }
        let record = try await record(of: stack, caller.client)
        guard stack.status.isInProgress || !stack.status.isFailure, stack.status != .deleteInProgress else {
            throw try await failed(stack, caller.client, record)
        }
        let differences = try await differences(from: stack, caller.client)
        guard differences.isEmpty else { throw WorkflowError(.preflight, Self.different(stack, differences)) }
        progress(.found(stack))
        let isOpen = try stack.status == .createComplete && record.map { try isUnfinished($0, stack) } == true
        guard request.waits, stack.status.isInProgress || isOpen else { return outcome(record, stack: stack) }
        return try await accepted(stack.id, record, caller)
    }

    /// Whether the wait for a stack was cut off, which came to its end since: the record has still to hear of it.
    func isUnfinished(_ record: RunFolder, _ stack: Stack) throws -> Bool {
        try record.manifest().states.last?.name != stack.status.rawValue
    }

    /// Whether a stack of ours has these very bytes as its template. The tag tells of the creation; after an update
    /// the template itself is asked for.
    func hasSameTemplate(_ stack: Stack, _ client: AWSClient) async throws -> Bool {
        guard let hash = stack.tags.first(where: { $0.key == StackTags.templateHash })?.value else { return false }
        guard stack.lastUpdatedTime != nil else { return hash == templateHash }
        if config.hosted != nil {
            // The bytes are parameters, which the stack tells of itself.
            let wanted = try ParameterDocument(evaluated).parameters.map { "\($0.name)=\($0.value)" }
            return Set(wanted).isSubset(of: stack.parameters.map { "\($0.key)=\($0.value)" })
        }
        let template = try await client.send(GetTemplateInput(stackName: stack.id))
        return ContentHash.sha256(Array(template.utf8)) == templateHash
    }

    /// The record whose call the stack last answered: the tokens of the stack's events are those of records. One
    /// that was cut off before the answer came gets it now.
    func record(of stack: Stack, _ client: AWSClient) async throws -> RunFolder? {
        let tokens = try await client.stackEvents(of: stack.id).reversed().compactMap(\.clientRequestToken)
        let records = RunFolder.all(in: request.project.runFolder)
        let byToken = Dictionary(
            records.compactMap { record in (try? record.request()).map { ($0.clientRequestToken, record) } },
            uniquingKeysWith: { $1 })
        // While the process that began works on the record, this one only follows.
        guard let record = tokens.lazy.compactMap({ byToken[$0] }).first, record.claim() else { return nil }
        let file = try record.request().usesChangeSet ? RunFile.execution : RunFile.response
        if try !record.lists(file) { try keep(.accepted(stackID: stack.id, requestID: nil), as: file, in: record) }
        return record
    }

    /// What the configuration asks of the stack itself, against what the stack has.
    func differences(from stack: Stack, _ client: AWSClient) async throws -> [String] {
        settings.differences(from: try await settings.deployed(stack, client))
    }

    private func failed(_ stack: Stack, _ client: AWSClient, _ record: RunFolder?) async throws -> WorkflowError {
        let cause = FirstCause(of: try await client.stackEvents(of: stack.id))
        try record?.closeEvents(RunManifest.State(stack.status.rawValue, at: host.timestamp()))
        let diagnostic = ProjectRule.stackExists.error(
            "the stack `\(stack.name)` was made from this configuration and is in status "
                + "\(stack.status.rawValue)\(cause?.clause ?? "")")
        return WorkflowError(.preflight, diagnostic, advice: Self.advice(stack))
    }

    private static func foreign(_ stack: Stack) -> Diagnostic {
        let isOurs = stack.tags.contains { $0.key == StackTags.kind }
        return ProjectRule.stackExists.error(
            "the stack `\(stack.name)` exists already, in status \(stack.status.rawValue), "
                + (isOurs ? "made from another configuration" : "and was not made by stackgen"),
            fix: isOurs
                ? "`stackgen update` changes it to this configuration; --stack-name makes another stack"
                : "choose another name with --stack-name")
    }

    private static func different(_ stack: Stack, _ names: [String]) -> Diagnostic {
        ProjectRule.stackExists.error(
            "the stack `\(stack.name)` exists already, and the configuration now says something else about "
                + names.joined(separator: ", "),
            fix: "`create` changes no stack that is there: `stackgen update` does")
    }

    private static func advice(_ stack: Stack) -> [String] {
        guard stack.tags.contains(where: { $0.key == StackTags.kind }) else { return [] }
        switch stack.status {
        case .rollbackComplete, .rollbackFailed, .createFailed, .deleteFailed:
            return ["a stack in this status can only be removed: stackgen delete \(stack.name) --wait"]
        case .updateRollbackFailed:
            return ["to go on with taking the update back: stackgen cancel \(stack.name) --continue-rollback"]
        case let status where status.isInProgress:
            return ["to see what is under way: stackgen watch \(stack.name)"]
        default:
            return [
                "to see what differs: stackgen diff", "to remove it: stackgen delete \(stack.name) --wait",
            ]
        }
    }
}
