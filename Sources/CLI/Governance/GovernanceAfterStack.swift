internal import Foundation
internal import StackGen

/// Applies the policy that a stack leaves out, where CloudFormation lacks its types, and prints what came of both.
struct GovernanceAfterStack {
    let console: Console
    let arguments: SubmissionArguments
    /// Shows what would change, and changes nothing.
    var onlyPlans = false

    /// - Returns: whether the policy changed, or would change.
    /// - Throws: `WorkflowError`; what became of the stack is said before.
    func finish(_ outcome: Submission.Outcome) async throws -> Bool {
        var outcome = outcome
        do {
            outcome.taskGovernance = try await apply(after: outcome)
        } catch {
            // The result is the failure; that the stack is there is said all the same.
            console.say(SubmissionTalk.text(outcome).trimmingCharacters(in: .newlines))
            throw error
        }
        try print(outcome)
        return outcome.taskGovernance?.isChange ?? false
    }

    private func apply(after outcome: Submission.Outcome) async throws -> ApplyPolicy.Outcome? {
        guard !arguments.isDryRun, try ApplyPolicy.isDueAfterStack(arguments.target.project) else { return nil }
        guard let status = outcome.status, status.hasSuffix("_COMPLETE"), !status.contains("ROLLBACK"),
            !status.contains("CLEANUP")
        else {
            console.say(
                "task governance is not part of the stack in \(outcome.region); when the stack is complete: "
                    + "stackgen governance apply \(arguments.target.project.folder.path)")
            return nil
        }
        var request = ApplyPolicy.Request(project: arguments.target.project)
        request.connection = arguments.connection.options
        request.onlyPlans = onlyPlans
        request.timeout = arguments.waiting.duration
        return try await PolicyApplication(console: console, agrees: arguments.yes).apply(request)
    }

    private func print(_ outcome: Submission.Outcome) throws {
        let governance = outcome.taskGovernance.map { "governance\n" + PolicyApplication.text($0) } ?? ""
        try console.result(SubmissionTalk.text(outcome) + governance, json: try RecordJSON.bytes(outcome))
    }
}
