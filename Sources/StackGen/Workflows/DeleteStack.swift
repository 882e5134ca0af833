internal import AWS

/// Deletes a stack that stackgen made.
public enum DeleteStack {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The stack's name or ARN.
        public var stackName: String
        /// How AWS is reached.
        public var connection: ConnectionOptions
        /// The region of the configuration that names the stack, where there is one.
        public var configRegion: String?
        /// Follows the stack to its end.
        public var waits: Bool
        /// How long to wait; `nil` for as long as it takes.
        public var timeout: Duration?
        /// Resources that stay, by logical id; CloudFormation takes this for a stack whose deletion failed.
        public var retains: [String] = []
        /// Takes everything out of the buckets that go, which S3 would not delete otherwise.
        public var emptiesBuckets = false
        /// Only says what would go and what would stay.
        public var isDryRun = false

        /// A request to delete a stack.
        public init(
            stackName: String, connection: ConnectionOptions, configRegion: String? = nil, waits: Bool = false,
            timeout: Duration? = nil
        ) {
            self.stackName = stackName
            self.connection = connection
            self.configRegion = configRegion
            self.waits = waits
            self.timeout = timeout
        }
    }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The stack's name.
        public var stackName: String
        /// The stack's ARN.
        public var stackID: String
        /// The last status; `DELETE_IN_PROGRESS` when nobody waited.
        public var status: String
        /// What went and what stayed; `nil` where nothing was deleted by this command.
        public var plan: DeletionPlan?

        private enum CodingKeys: String, CodingKey {
            case stackName = "stack_name"
            case stackID = "stack_id"
            case status, plan
        }
    }

    /// Deletes a stack once the caller agrees.
    /// - Parameters:
    ///   - agree: is shown what goes and what stays; `false` leaves everything as it is.
    ///   - progress: is told of the events on the way.
    /// - Throws: `WorkflowError`; nothing is deleted unless the stack is ours and the caller agreed.
    public static func run(
        _ request: Request, host: Host,
        agree: @Sendable (DeletionPlan) throws -> Bool,
        progress: @escaping @Sendable (StackWatch.Progress) -> Void
    ) async throws -> Outcome {
        do {
            let client = try host.connect(request.connection, configRegion: request.configRegion)
            let stack = try await Stacks.own(request.stackName, client)
            guard !stack.isTerminationProtected else { throw Self.protected(stack, client) }
            try checkRetained(request, stack)
            let plan = try await DeletionPlan.make(stack, retaining: request.retains, client)
            if request.isDryRun {
                return Outcome(stackName: stack.name, stackID: stack.id, status: stack.status.rawValue, plan: plan)
            }
            if !request.emptiesBuckets, !plan.fullBuckets.isEmpty { throw full(plan) }
            guard try agree(plan) else {
                throw WorkflowError(.preflight, "the stack `\(stack.name)` was not deleted")
            }
            for bucket in plan.fullBuckets { try await DeletionPlan.empty(bucket.bucket, client) }
            var patience = Patience(host, client, limit: request.timeout)
            try await plan.deleteAttachments(client) { try await patience.wait($0) }
            var outcome = try await delete(stack, request, client, host, progress)
            outcome.plan = plan
            return outcome
        } catch {
            throw WorkflowError(error)
        }
    }

    /// CloudFormation leaves resources out only when they kept an earlier deletion from its end.
    private static func checkRetained(_ request: Request, _ stack: Stack) throws {
        guard !request.retains.isEmpty, stack.status != .deleteFailed else { return }
        throw WorkflowError(
            .preflight,
            "CloudFormation leaves out resources only of a stack in DELETE_FAILED, and `\(stack.name)` is in "
                + "\(stack.status.rawValue); nothing was deleted",
            advice: [
                "to keep the file system: stackgen configure fsx.deletion_policy=Retain, stackgen update, then delete"
            ])
    }

    /// S3 deletes no bucket that holds something, and CloudFormation stops there with the rest half gone.
    private static func full(_ plan: DeletionPlan) -> WorkflowError {
        let buckets = plan.fullBuckets.map {
            "\($0.logicalID) (\($0.bucket)) holds \($0.versions) versions, such as \($0.examples.joined(separator: ", "))"
        }
        return WorkflowError(
            .preflight, "the stack `\(plan.stackName)` was not deleted: " + buckets.joined(separator: "; "),
            advice: [
                "to save them: " + plan.fullBuckets.map { "aws s3 sync s3://\($0.bucket) ." }.joined(separator: "; "),
                "to delete them with the stack: stackgen delete \(plan.stackName) --empty-buckets",
            ])
    }

    private static func protected(_ stack: Stack, _ client: AWSClient) -> WorkflowError {
        WorkflowError(
            .preflight, "the stack `\(stack.name)` is protected from deletion; nothing was deleted",
            advice: [
                "to lift the protection: aws cloudformation update-termination-protection --stack-name \(stack.name) "
                    + "--no-enable-termination-protection --region \(client.configuration.region.value)"
            ])
    }

    private static func delete(
        _ stack: Stack, _ request: Request, _ client: AWSClient, _ host: Host,
        _ progress: @escaping @Sendable (StackWatch.Progress) -> Void
    ) async throws -> Outcome {
        let known = try await client.latestStackEventID(of: stack.id)
        _ = try await client.send(DeleteStackInput(stackName: stack.id, retainResources: request.retains))
        guard request.waits else {
            return Outcome(stackName: stack.name, stackID: stack.id, status: StackStatus.deleteInProgress.rawValue)
        }
        let waiter = StackWaiter(
            goal: .deletion, stackID: stack.id, knownEventID: known, pollInterval: host.pollInterval(client),
            timeout: request.timeout)
        let watch = StackWatch(client: client, pacing: host.pacing, record: nil)
        let ending = try await watch.follow(waiter, progress: progress)
        let status = ending.stack?.status ?? .deleteComplete
        guard status == .deleteComplete else {
            let cause = ending.firstCause?.clause ?? ""
            throw WorkflowError(.stackFailed, "the stack \(stack.name) ended in \(status.rawValue)\(cause)")
        }
        return Outcome(stackName: stack.name, stackID: stack.id, status: status.rawValue)
    }
}
