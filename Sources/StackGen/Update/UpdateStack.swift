internal import AWS
internal import Diagnostics

/// Changes a stack that is there to what a configuration says now.
public enum UpdateStack {
    /// Updates a stack.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; nothing is sent unless the
    ///   record was complete before.
    public static func run(
        _ request: Submission.Request, host: Host, progress: @escaping @Sendable (Submission.Progress) -> Void
    ) async throws -> Submission.Outcome {
        try await Submission.run(.update, request, host: host, progress: progress) { run, compilation in
            let caller = try await run.connect()
            guard let stack = try await caller.client.stack(run.settings.name) else {
                throw run.missing(caller.client)
            }
            return try await run.update(compilation, stack, caller)
        }
    }
}

extension SubmissionRun {
    fileprivate func missing(_ client: AWSClient) -> WorkflowError {
        WorkflowError(
            .preflight,
            ProjectRule.notUpdatable.error(
                "there is no stack `\(settings.name)` in \(client.configuration.region.value)"),
            advice: ["to make it: stackgen create"])
    }

    /// Looks what state the stack is in before anything is sent.
    fileprivate func update(
        _ compilation: Compilation, _ stack: Stack, _ caller: Caller
    ) async throws -> Submission.Outcome {
        try checkOwner(of: stack)
        if stack.status.isInProgress, stack.status != .reviewInProgress {
            return try await follow(stack, caller)
        }
        guard stack.status.isUpdatable else { throw Self.notUpdatable(stack) }
        if !request.adopts, try await isAsWanted(stack, caller) {
            guard request.waits, let record = try await unfinishedRecord(of: stack, caller),
                let start = try await began(record, stack, caller)
            else { return outcome(nil, stack: stack, isUnchanged: true) }
            progress(.found(stack))
            return try await goOn(stack, start, record, caller)
        }
        try await check(compilation, caller, updating: stack)
        return try await submit(compilation, caller, stack: stack)
    }

    /// An update is for a stack of ours, an adoption for one that is not, and is whole.
    private func checkOwner(of stack: Stack) throws {
        guard request.adopts else {
            guard Stacks.isOurs(stack) else { throw Stacks.foreign(stack) }
            return
        }
        // An adoption that was cut off behind the execution has left the tags.
        guard stack.status.isInProgress || !Stacks.isOurs(stack) else {
            throw WorkflowError(
                .preflight,
                ProjectRule.notUpdatable.error("the stack `\(stack.name)` has the tags of stackgen already"),
                advice: ["to change it: stackgen update", "to see what differs: stackgen diff"])
        }
        guard stack.rootID == nil else {
            throw WorkflowError(
                .preflight,
                ProjectRule.notUpdatable.error(
                    "the stack `\(stack.name)` is nested in another one, which would change it back"),
                advice: ["to take over the outermost stack: stackgen adopt --stack-name \(stack.rootID ?? "")"])
        }
    }

    /// An update is under way: this same one, whose process was cut off, or another.
    private func follow(_ stack: Stack, _ caller: Caller) async throws -> Submission.Outcome {
        guard !stack.status.isFailure, let record = try await record(of: stack, caller.client),
            try record.request().template.sha256 == templateHash, let start = try await began(record, stack, caller)
        else {
            throw WorkflowError(
                .preflight,
                ProjectRule.notUpdatable.error("the stack `\(stack.name)` is in status \(stack.status.rawValue)"),
                advice: ["to wait for the end: stackgen watch \(stack.name)"])
        }
        progress(.found(stack))
        return try await goOn(stack, start, record, caller)
    }

    /// The record of the update that brought the stack to where it is, when its wait was cut off. The stack's events
    /// are asked for only where a record is open at all.
    private func unfinishedRecord(of stack: Stack, _ caller: Caller) async throws -> RunFolder? {
        let hasOpen = RunFolder.all(in: request.project.runFolder).contains { record in
            guard let state = (try? record.manifest())?.states.last?.name else { return false }
            return state == "submitted" || RunManifest.State.open.contains(state)
        }
        guard hasOpen, let record = try await record(of: stack, caller.client) else { return nil }
        return try record.request().isUpdate && isUnfinished(record, stack) ? record : nil
    }

    private static func notUpdatable(_ stack: Stack) -> WorkflowError {
        let advice =
            switch stack.status {
            case .updateRollbackFailed:
                "to go on with taking the last update back: stackgen cancel \(stack.name) --continue-rollback"
            case .reviewInProgress: "the stack was never made: stackgen create"
            default: "a stack in this status can only be removed: stackgen delete \(stack.name) --wait"
            }
        return WorkflowError(
            .preflight,
            ProjectRule.notUpdatable.error(
                "the stack `\(stack.name)` is in status \(stack.status.rawValue) and cannot be updated"),
            advice: [advice])
    }

    /// Whether the stack was made from these very bytes and settings: then there is nothing to ask for.
    private func isAsWanted(_ stack: Stack, _ caller: Caller) async throws -> Bool {
        guard request.imports.isEmpty, try await differences(from: stack, caller.client).isEmpty else { return false }
        return try await hasSameTemplate(stack, caller.client)
    }
}

extension StackStatus {
    /// Whether CloudFormation takes an update of a stack in this state.
    var isUpdatable: Bool {
        [.createComplete, .updateComplete, .updateRollbackComplete, .importComplete, .importRollbackComplete]
            .contains(self)
    }
}
