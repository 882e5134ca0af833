internal import AWS
internal import Diagnostics

/// What to make of a call that was refused, or whose answer never came.
extension SubmissionRun {
    /// By the direct call, without a change set.
    /// - Parameter file: where the record keeps the answer.
    func submitDirectly(
        _ submission: StackSubmission, _ receipt: TemplateUpload.Receipt?, _ record: RunFolder, _ caller: Caller,
        as file: String = RunFile.response
    ) async throws -> Submission.Outcome {
        do {
            if submission.request.isUpdate {
                let known = try await caller.client.latestStackEventID(of: settings.name)
                let output = try await caller.client.send(try submission.update(upload: receipt))
                return try await took(output.stackID, output.requestID, file, record, caller, after: known)
            }
            let output = try await caller.client.send(try submission.creation(upload: receipt))
            return try await took(output.stackID, output.requestID, file, record, caller)
        } catch let error as AWSServiceError where error.isWithoutChanges {
            try record.pass(RunManifest.State("unchanged", at: host.timestamp()))
            return outcome(record, isUnchanged: true)
        } catch let error as AWSServiceError {
            return try await settle(error, file, record, caller)
        }
    }

    private func took(
        _ stackID: String, _ requestID: String?, _ file: String, _ record: RunFolder, _ caller: Caller,
        after known: String? = nil
    ) async throws -> Submission.Outcome {
        try keep(.accepted(stackID: stackID, requestID: requestID), as: file, in: record)
        progress(.submitted(stackID: stackID))
        return try await accepted(stackID, record, caller, after: known)
    }

    /// The service refused. Perhaps it did what was asked for all the same, when the answer to an earlier attempt was
    /// lost; perhaps somebody else was faster, such as this same command in another terminal. The stack tells.
    func settle(
        _ error: AWSServiceError, _ file: String, _ record: RunFolder, _ caller: Caller
    ) async throws -> Submission.Outcome {
        // A fault of the service or ended credentials say nothing about the call: the record stays open.
        guard (400..<500).contains(error.status), !error.isExpiredCredentials, error.status != 429 else { throw error }
        let stack = try await caller.client.stack(settings.name)
        if let stack, stack.status != .reviewInProgress {
            if let start = try await began(record, stack, caller) {
                return try await goOn(stack, start, record, caller)
            }
            try keep(.refused(error), as: file, in: record)
            if operation == .create { return try await adopt(stack, caller) }
        } else {
            try keep(.refused(error), as: file, in: record)
        }
        throw error
    }

    /// The event before the first one that a record's call led to; `nil` when no event is the record's.
    struct Beginning {
        let knownEventID: String?
    }

    /// Whether a stack shows that a record's call was carried out.
    func began(_ record: RunFolder, _ stack: Stack, _ caller: Caller) async throws -> Beginning? {
        let token = try record.request().clientRequestToken
        let events = try await caller.client.stackEvents(of: stack.id)
        guard let first = events.firstIndex(where: { $0.clientRequestToken == token }) else { return nil }
        // A creation's events all belong to it, also those of the review before.
        return Beginning(knownEventID: operation == .create || first == 0 ? nil : events[first - 1].id)
    }

    /// Goes on with a record whose call was carried out.
    func goOn(
        _ stack: Stack, _ start: Beginning, _ record: RunFolder, _ caller: Caller
    ) async throws -> Submission.Outcome {
        let file = try record.request().usesChangeSet ? RunFile.execution : RunFile.response
        if try !record.lists(file) {
            try keep(.accepted(stackID: stack.id, requestID: nil), as: file, in: record)
        }
        progress(.submitted(stackID: stack.id))
        guard request.waits else { return outcome(record, stack: stack) }
        return try await accepted(stack.id, record, caller, after: start.knownEventID)
    }

    // MARK: - The account

    /// The account that is meant: the one on the command line, otherwise that of the stack's last run from here.
    func checkAccount(_ account: String, _ client: AWSClient) throws {
        if let meant = request.account {
            guard meant != account else { return }
            throw WorkflowError(
                .preflight,
                ProjectRule.otherAccount.error(
                    "these credentials are of account \(account), not of \(meant)",
                    fix: "name the profile of the account with --profile or AWS_PROFILE"))
        }
        let endpoint = client.configuration.endpoint(for: .cloudFormation).url.description
        let last = RunFolder.all(in: request.project.runFolder).last { record in
            guard let last = try? record.request() else { return false }
            return last.stackName == settings.name && last.endpoint == endpoint && last.account != nil
                && (try? record.lists(RunFile.response)) == true
        }
        guard let last, let other = try? last.request().account, other != account else { return }
        throw WorkflowError(
            .preflight,
            ProjectRule.otherAccount.error(
                "the last run of this stack (\(last.name)) went to account \(other), and these credentials are of "
                    + "\(account)",
                fix: "name the profile of the account with --profile or AWS_PROFILE"),
            advice: ["if the other account is meant: stackgen \(operation.rawValue) --account \(account)"])
    }
}
