import Foundation

/// The events of the stacks inside a stack that is followed: each is asked for while it is under way, and once more
/// when its end is seen.
struct NestedStackEvents {
    private struct Nested {
        /// When the parent began with it; what is older belongs to an earlier operation.
        let since: Date
        var knownEventID: String?
        var isOver = false
    }

    private var stacks: [String: Nested] = [:]
    /// When a parent began with a resource that is a stack.
    private var began: [String: Date] = [:]
    /// The stacks whose end a parent told of.
    private var ended: Set<String> = []

    /// Takes in events of a parent, and adds what happened inside: all in the order of their times.
    mutating func complete(_ events: [StackEvent], _ client: AWSClient) async throws -> [StackEvent] {
        register(events)
        guard stacks.values.contains(where: { !$0.isOver }) else { return events }
        var all = events
        var asked: Set<String> = []
        // A stack inside a stack inside a stack is known only when the one between has told of it.
        while let id = stacks.filter({ !$0.value.isOver && !asked.contains($0.key) }).keys.min() {
            asked.insert(id)
            // What is asked for after the parent has told of the end is all that there is.
            let isLast = ended.contains(id)
            let found = try await newEvents(of: id, client)
            register(found)
            all += found
            stacks[id]?.isOver = isLast
        }
        return StackEvent.byTime(all)
    }

    private mutating func newEvents(of id: String, _ client: AWSClient) async throws -> [StackEvent] {
        guard let nested = stacks[id] else { return [] }
        do {
            let events = try await client.stackEvents(of: id, after: nested.knownEventID)
            stacks[id]?.knownEventID = events.last?.id ?? nested.knownEventID
            return events.filter { $0.moment >= nested.since }
        } catch let error as AWSServiceError where error.isStackMissing {
            stacks[id]?.isOver = true
            return []
        }
    }

    /// The ARN of a nested stack is known only some time after the parent began with it.
    private mutating func register(_ events: [StackEvent]) {
        for event in events where event.isOfNestedStack {
            let (key, id) = (event.stackID + "/" + event.logicalResourceID, event.physicalResourceID)
            let isInProgress = event.resourceStatus.hasSuffix("_IN_PROGRESS")
            let since = began[key] ?? event.moment
            began[key] = isInProgress ? since : nil
            guard !id.isEmpty else { continue }
            if isInProgress { ended.remove(id) } else { ended.insert(id) }
            let known = stacks[id]
            guard known == nil || (known?.isOver == true && isInProgress) else { continue }
            stacks[id] = Nested(since: since, knownEventID: known?.knownEventID)
        }
    }
}

extension StackEvent {
    /// Whether it tells of a stack inside this one.
    public var isOfNestedStack: Bool { resourceType == "AWS::CloudFormation::Stack" && !isOfStackItself }

    /// When it happened; before everything where the service wrote no time. The text of a time does not order: the
    /// fraction of a second is left out where there is none.
    fileprivate var moment: Date { date ?? .distantPast }

    /// Events in the order of their times; those of the same time stay in the order in which they came.
    public static func byTime(_ events: [StackEvent]) -> [StackEvent] {
        events.enumerated().sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }.map(\.element)
    }
}
