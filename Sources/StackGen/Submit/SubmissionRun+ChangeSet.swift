internal import AWS
internal import Diagnostics
internal import Foundation

/// By way of a change set: it is made, described page by page, shown, agreed to and executed.
///
/// Its name and both tokens follow from the record, so every step can be done again: what was done already is found
/// and not done twice.
extension SubmissionRun {
    func submitChangeSet(
        _ submission: StackSubmission, _ receipt: TemplateUpload.Receipt?, _ record: RunFolder, _ caller: Caller,
        _ stack: Stack?
    ) async throws -> Submission.Outcome {
        let changeSet: ChangeSet
        do {
            changeSet = try await self.changeSet(submission, receipt, record, caller)
        } catch let error as AWSServiceError {
            return try await settle(error, RunFile.response, record, caller)
        }
        guard changeSet.status == .complete else {
            return try await failed(changeSet, submission, receipt, record, caller, stack)
        }
        if changeSet.executionStatus.hasPrefix("EXECUTE_") || changeSet.executionStatus == "OBSOLETE" {
            return try await afterwards(changeSet, record, caller)
        }
        let report = try await report(on: changeSet, caller)
        if try !record.lists(RunFile.changeSet) {
            try record.add(RunFile.changeSet, try RecordJSON.bytes(report), state: state("reviewed"))
        }
        progress(.changes(report))
        guard try await isAgreed(report, changeSet, record, caller, stack) else {
            return outcome(record, stackID: changeSet.stackID, stack: stack, changes: report)
        }
        try await protect(changeSet.stackID, stack, caller)
        return try await execute(changeSet, report, record, caller)
    }

    private func state(_ name: String) -> RunManifest.State { RunManifest.State(name, at: host.timestamp()) }

    // MARK: - Making it

    /// Makes the change set unless the record has one, and waits until CloudFormation is done with it.
    private func changeSet(
        _ submission: StackSubmission, _ receipt: TemplateUpload.Receipt?, _ record: RunFolder, _ caller: Caller
    ) async throws -> ChangeSet {
        let client = caller.client
        let (name, stackName) = (submission.request.clientRequestToken, submission.request.stackName)
        if try !record.lists(RunFile.response) {
            let input = try submission.changeSet(upload: receipt, types: map.types)
            do {
                let output = try await client.send(input)
                try keep(.changeSet(output), as: RunFile.response, in: record)
            } catch let error as AWSServiceError where error.code == "AlreadyExistsException" {
                // The call had reached AWS before this process was cut off. The name follows from the record, so the
                // change set is the record's own.
                guard let there = try await client.changeSet(name, of: stackName) else { throw error }
                try keep(
                    .changeSet(.init(changeSetID: there.id, stackID: there.stackID, requestID: nil)),
                    as: RunFile.response, in: record)
            }
        }
        progress(.changeSetCreated(name: name))
        let id = try RecordJSON.decode(StackResponse.self, from: try record.read(RunFile.response)).changeSetID ?? name
        while true {
            guard let changeSet = try await client.changeSet(id, of: stackName) else { throw Self.gone(name) }
            guard changeSet.status.isInProgress else { return changeSet }
            try await host.pacing.sleep(host.changeSetInterval(client))
        }
    }

    /// An answer of ours, not of the service: `settle` looks whether the change set was executed.
    private static func gone(_ name: String) -> AWSServiceError {
        AWSServiceError(
            service: AWSService.cloudFormation.name, operation: DescribeChangeSetInput.name,
            code: "ChangeSetNotFound", message: "the change set \(name) is not there any more", status: 404)
    }

    /// CloudFormation could not make it, or nothing would change.
    private func failed(
        _ changeSet: ChangeSet, _ submission: StackSubmission, _ receipt: TemplateUpload.Receipt?,
        _ record: RunFolder, _ caller: Caller, _ stack: Stack?
    ) async throws -> Submission.Outcome {
        try await discard(changeSet, caller, stack)
        if changeSet.isWithoutChanges {
            if operation == .update, !request.showsOnly {
                try await protect(changeSet.stackID, stack, caller)
                if let stack, settings.needsCall(DeployedOptions(stack)) {
                    progress(.withoutChangeSet(reason: "options of the stack alone need the direct call"))
                    return try await submitDirectly(submission, receipt, record, caller, as: RunFile.execution)
                }
            }
            try record.pass(state("unchanged"))
            return outcome(record, stackID: changeSet.stackID, stack: stack, isUnchanged: true)
        }
        try record.pass(state("refused"))
        throw WorkflowError(
            .service, "CloudFormation could not work out the changes: \(changeSet.statusReason ?? "no reason given")",
            advice: ["record: \(record.url.path)"])
    }

    /// Removes a change set that is not executed, and the stack that came to be for it alone.
    func discard(_ changeSet: ChangeSet, _ caller: Caller, _ stack: Stack?) async throws {
        _ = try await caller.client.send(
            DeleteChangeSetInput(changeSetName: changeSet.id, stackName: changeSet.stackID))
        guard operation == .create, stack == nil,
            try await caller.client.changeSets(of: changeSet.stackID).allSatisfy({ $0.id == changeSet.id }),
            let current = try await caller.client.stack(changeSet.stackID), current.status == .reviewInProgress
        else { return }
        _ = try await caller.client.send(DeleteStackInput(stackName: changeSet.stackID))
    }

    // MARK: - Agreeing to it

    private func report(on changeSet: ChangeSet, _ caller: Caller) async throws -> ChangeReport {
        let removes = changeSet.changes.contains { $0.action == .remove }
        let old =
            removes
            ? TemplateMap(deployed: try await caller.client.send(GetTemplateInput(stackName: changeSet.stackID))) : nil
        return ChangeReport(
            changeSet, stackName: settings.name, new: map, old: old, config: config)
    }

    /// Whether it is to be executed. What would be lost needs a word for each resource.
    private func isAgreed(
        _ report: ChangeReport, _ changeSet: ChangeSet, _ record: RunFolder, _ caller: Caller, _ stack: Stack?
    ) async throws -> Bool {
        if request.showsOnly {
            try await discard(changeSet, caller, stack)
            try record.pass(state("shown"))
            return false
        }
        let open = report.dangerous.filter { !request.allowedReplacements.contains($0.logicalID) }
        for change in open {
            let loss = change.action == .remove ? "Delete" : "Replace"
            let question = "\(loss) \(change.logicalID) (\(change.type))? What it holds is lost."
            guard host.confirm?(question) == true else {
                try await discard(changeSet, caller, stack)
                try record.pass(state("declined"))
                throw WorkflowError(
                    .preflight, open.map(danger),
                    advice: ["to agree: " + open.map { "--allow-replacement \($0.logicalID)" }.joined(separator: " ")])
            }
        }
        return true
    }

    private func danger(_ change: ChangeReport.Change) -> Diagnostic {
        let verb =
            switch change.action {
            case .remove: "would be deleted"
            case .mayReplace: "may be replaced"
            default: "would be replaced"
            }
        let forcing = change.causes.filter { $0.recreation != "never" }.map(\.property)
        let why = forcing.isEmpty ? "" : " because \(forcing.joined(separator: ", ")) cannot change in place"
        let place = ConfigOrigin(config: config, map: map).span(of: change.logicalID)
        return ProjectRule.statefulChange.error(
            "\(change.logicalID) (\(change.type)) \(verb)\(why); what it holds would be lost",
            at: change.origin == nil ? nil : place)
    }

    /// Termination protection and the stack policy are no part of a change set. Before the execution, so that a run
    /// that is cut off between the two does it again.
    private func protect(_ stackID: String, _ stack: Stack?, _ caller: Caller) async throws {
        let client = caller.client
        if stack?.isTerminationProtected ?? false != settings.isTerminationProtected {
            _ = try await client.send(
                UpdateTerminationProtectionInput(stackName: stackID, isProtected: settings.isTerminationProtected))
        }
        guard let policy = settings.stackPolicy else { return }
        let deployed = stack == nil ? nil : try await client.send(GetStackPolicyInput(stackName: stackID))
        guard !StackPolicyText.isSame(policy, deployed) else { return }
        _ = try await client.send(SetStackPolicyInput(stackName: stackID, policy: policy))
    }

    // MARK: - Doing it

    private func execute(
        _ changeSet: ChangeSet, _ report: ChangeReport, _ record: RunFolder, _ caller: Caller
    ) async throws -> Submission.Outcome {
        let token = try record.request().clientRequestToken
        let known = operation == .update ? try await caller.client.latestStackEventID(of: changeSet.stackID) : nil
        do {
            _ = try await caller.client.send(
                ExecuteChangeSetInput(
                    changeSetName: changeSet.id, stackName: changeSet.stackID, clientRequestToken: token))
        } catch let error as AWSServiceError {
            return try await settle(error, RunFile.execution, record, caller)
        }
        try keep(.accepted(stackID: changeSet.stackID, requestID: nil), as: RunFile.execution, in: record)
        progress(.submitted(stackID: changeSet.stackID))
        return try await accepted(changeSet.stackID, record, caller, changes: report, after: known)
    }

    /// The change set was executed before, by this record's own call that was cut off.
    private func afterwards(
        _ changeSet: ChangeSet, _ record: RunFolder, _ caller: Caller
    ) async throws -> Submission.Outcome {
        guard let stack = try await caller.client.stack(changeSet.stackID),
            let start = try await began(record, stack, caller)
        else {
            try record.pass(state("declined"))
            throw WorkflowError(
                .preflight, "another change of the stack came first, and the change set of \(record.name) is void",
                advice: ["run the command again"])
        }
        return try await goOn(stack, start, record, caller)
    }
}
