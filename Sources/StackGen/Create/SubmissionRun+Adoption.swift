internal import AWS
internal import Diagnostics

/// What happens when a stack of the name is there already.
extension CreateRun {
    /// A stack that this configuration made is this same creation again: it is followed, or told of. Any other
    /// stack is left alone, and nothing is sent.
    func adopt(_ stack: Stack, _ client: AWSClient) async throws -> CreateStack.Outcome {
        let hash = stack.tags.first { $0.key == StackTags.templateHash }?.value
        guard hash == templateHash else {
            throw WorkflowError(.preflight, Self.foreign(stack), advice: Self.advice(stack))
        }
        let record = try await record(of: stack, client)
        guard stack.status.isInProgress || !stack.status.isFailure, stack.status != .deleteInProgress else {
            throw try await failed(stack, client, record)
        }
        let differences = differences(from: stack)
        guard differences.isEmpty else { throw WorkflowError(.preflight, Self.different(stack, differences)) }
        progress(.found(stack))
        guard request.waits, stack.status.isInProgress else { return outcome(record, stack: stack) }
        return try await watch(stack.id, client, record)
    }

    /// The record whose call made the stack: the token of the stack's first event is the record's. One that was
    /// cut off before the answer came gets it now.
    private func record(of stack: Stack, _ client: AWSClient) async throws -> RunFolder? {
        guard let token = try await client.stackEvents(of: stack.id).first?.clientRequestToken else { return nil }
        let records = RunFolder.all(in: request.project.runFolder)
        guard let record = records.last(where: { (try? $0.request())?.clientRequestToken == token }) else { return nil }
        if try !record.lists(RunFile.response) { try keep(.accepted(stackID: stack.id, requestID: nil), in: record) }
        return record
    }

    /// What the configuration asks of the stack itself, against what the stack has.
    private func differences(from stack: Stack) -> [String] {
        var names: [String] = []
        if stack.isTerminationProtected != settings.isTerminationProtected {
            names.append("stack.termination_protection")
        }
        if stack.roleARN != settings.roleARN { names.append("stack.role_arn") }
        let own = stack.tags.filter { !$0.key.hasPrefix(StackTags.prefix) }.map { "\($0.key)=\($0.value)" }
        if Set(own) != Set(settings.tags.map { "\($0.key)=\($0.value)" }) { names.append("tags") }
        return names
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
            fix: "choose another name with --stack-name")
    }

    private static func different(_ stack: Stack, _ names: [String]) -> Diagnostic {
        ProjectRule.stackExists.error(
            "the stack `\(stack.name)` exists already, and the configuration now says something else about "
                + names.joined(separator: ", "),
            fix: "`create` changes no stack that is there; put the values back, or change the stack itself")
    }

    private static func advice(_ stack: Stack) -> [String] {
        guard stack.tags.contains(where: { $0.key == StackTags.kind }) else { return [] }
        return ["to remove it: stackgen delete \(stack.name) --wait"]
    }
}
