public import AWS

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

        private enum CodingKeys: String, CodingKey {
            case stackName = "stack_name"
            case stackID = "stack_id"
            case status
        }
    }

    /// Deletes a stack once the caller agrees.
    /// - Parameters:
    ///   - agree: is shown the stack and what is in it; `false` leaves everything as it is.
    ///   - progress: is told of the events on the way.
    /// - Throws: `WorkflowError`; nothing is deleted unless the stack is ours and the caller agreed.
    public static func run(
        _ request: Request, host: Host,
        agree: @Sendable (Stack, [StackResource]) throws -> Bool,
        progress: @escaping @Sendable (StackWatch.Progress) -> Void
    ) async throws -> Outcome {
        do {
            let client = try host.connect(request.connection, configRegion: request.configRegion)
            let stack = try await Stacks.own(request.stackName, client)
            guard !stack.isTerminationProtected else { throw Self.protected(stack, client) }
            let resources = try await client.stackResources(of: stack.id)
            guard try agree(stack, resources) else {
                throw WorkflowError(.preflight, "the stack `\(stack.name)` was not deleted")
            }
            return try await delete(stack, request, client, host, progress)
        } catch {
            throw WorkflowError(error)
        }
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
        _ = try await client.send(DeleteStackInput(stackName: stack.id))
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
