public import AWS
internal import Foundation

/// Follows a stack to its end, keeps its events in a record and says what they are.
public struct StackWatch: Sendable {
    /// What is told on the way.
    public enum Progress: Sendable {
        /// Something happened to a resource or to the stack.
        case event(StackEvent)
        /// AWS could not be asked for the moment.
        case interruption(String)
    }

    /// How it ended.
    public struct Ending: Sendable {
        /// The stack; `nil` when it is gone.
        public let stack: Stack?
        /// Why it failed, where it did.
        public let firstCause: FirstCause?
        /// Every event seen, in order.
        public let events: [StackEvent]
    }

    let client: AWSClient
    let pacing: Pacing
    /// Where events are kept; `nil` keeps them nowhere.
    let record: RunFolder?

    /// Waits for the end.
    /// - Throws: `WorkflowError`; when the time is over the stack goes on.
    func follow(_ waiter: StackWaiter, progress: @Sendable (Progress) -> Void) async throws -> Ending {
        var events: [StackEvent] = []
        let kept = keptEventIDs()
        do {
            for try await update in waiter.updates(from: client, pacing: pacing) {
                switch update {
                case .event(let event):
                    events.append(event)
                    if !kept.contains(event.id) { try record?.append(event: try RecordJSON.line(event)) }
                    progress(.event(event))
                case .interruption(let reason, _): progress(.interruption(reason))
                case .finished(let stack):
                    return Ending(stack: stack, firstCause: FirstCause(of: events), events: events)
                }
            }
        } catch let error as StackWaiterError {
            throw WorkflowError(error)
        }
        throw WorkflowError(.machine, "the stack's events ended before the stack did")
    }

    /// The events that an earlier wait has written: a wait begins with the stack's first event.
    private func keptEventIDs() -> Set<String> {
        guard let record, let bytes = try? record.read(RunFile.events) else { return [] }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        return Set(lines.compactMap { try? RecordJSON.decode(StackEvent.self, from: Array($0)).id })
    }
}
