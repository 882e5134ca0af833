public import AWS

/// What happened to a stack, and what it has to offer.
public enum StackHistory {
    /// The events of a stack, oldest first, with those of its nested stacks in between.
    /// - Parameters:
    ///   - limit: at most so many, the newest; `nil` for all.
    ///   - onlyFailures: whether only events of a failure are wanted.
    ///   - lastOperation: whether only events since the last create, update or delete began are wanted.
    /// - Throws: `WorkflowError`.
    public static func events(
        of stack: StackReference, limit: Int? = nil, onlyFailures: Bool = false, lastOperation: Bool = false,
        host: Host
    ) async throws -> [StackEvent] {
        try await WorkflowError.wrapping {
            let client = try stack.connect(host)
            let found = try await stack.own(client)
            var events = try await client.stackEvents(of: found.id)
            if lastOperation, let start = events.lastIndex(where: \.beginsOperation) {
                events = Array(events[start...])
            }
            let nested = Set(events.filter(\.isOfNestedStack).map(\.physicalResourceID)).sorted()
            for id in nested where !id.isEmpty {
                events += try await client.stackEvents(of: id)
            }
            if !nested.isEmpty { events = StackEvent.byTime(events) }
            if onlyFailures { events = events.filter { $0.resourceStatus.hasSuffix("_FAILED") } }
            return limit.map { Array(events.suffix($0)) } ?? events
        }
    }

    /// The outputs of a stack, by name.
    /// - Throws: `WorkflowError`.
    public static func outputs(of stack: StackReference, host: Host) async throws -> [Stacks.Output] {
        try await WorkflowError.wrapping {
            let client = try stack.connect(host)
            return try await stack.own(client).outputs
                .map { Stacks.Output(key: $0.key, value: $0.value, description: $0.description) }
                .sorted { $0.key < $1.key }
        }
    }
}

extension StackEvent {
    /// Whether the stack itself begins to be created, updated, imported into or deleted.
    var beginsOperation: Bool {
        isOfStackItself
            && ["CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS", "IMPORT_IN_PROGRESS"]
                .contains(resourceStatus)
    }
}
