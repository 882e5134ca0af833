public import AWS
public import Foundation

/// What is known of a stack that is under way: each resource with its state, since when, and what it waits for.
///
/// It is fed with events and asks nobody.
public struct WatchBoard: Sendable {
    /// One resource; of a stack inside the stack, its name is `Nested/Name`.
    public struct Row: Sendable, Equatable {
        /// The name in the template.
        public let logicalID: String
        /// The type.
        public let type: String
        /// The module of the template.
        public let module: String
        /// The state; `nil` before there was an event.
        public let status: String?
        /// When the resource began.
        public let began: Date?
        /// When it ended.
        public let ended: Date?
        /// The resources that have to be there first and are not.
        public let waitsFor: [String]
        /// The seconds that it usually takes.
        public let usualSeconds: ClosedRange<Int>?

        /// Whether it is being worked on.
        public var isInProgress: Bool { status?.hasSuffix("_IN_PROGRESS") ?? false }

        /// How much of the usual time has passed, from 0 to 1; `nil` where no usual time is known or it is not at work.
        public func progress(at now: Date) -> Double? {
            guard isInProgress, let began, let usual = usualSeconds else { return nil }
            return min(1, max(0, now.timeIntervalSince(began) / Double(usual.upperBound)))
        }
    }

    private struct State {
        var type: String
        var status: String
        var began: Date?
        var ended: Date?
    }

    private let map: TemplateMap?
    private var states: [String: State] = [:]
    private var order: [String]
    private var isDeletion = false
    /// The stack that is followed, once an event told of it.
    private var rootID: String?
    /// The rows of the nested stacks, by their ARNs.
    private var nestedNames: [String: String] = [:]

    /// The state of the stack itself.
    public private(set) var stackStatus: String?

    /// A board for a stack's template; without one the resources come as their events do.
    init(map: TemplateMap?) {
        self.map = map
        order = map?.logicalIDs ?? []
    }

    /// Takes in an event.
    public mutating func take(_ event: StackEvent) {
        if rootID == nil { rootID = event.stackID }
        if event.isOfStackItself {
            // The end of a nested stack is told by the stack around it, too.
            guard event.stackID == rootID else { return }
            stackStatus = event.resourceStatus
            if event.resourceStatus == "DELETE_IN_PROGRESS" { isDeletion = true }
            return
        }
        let id = name(of: event)
        if event.isOfNestedStack { nestedNames[event.physicalResourceID] = id }
        if states[id] == nil, !order.contains(id) { insert(id, of: event) }
        var state = states[id] ?? State(type: event.resourceType, status: "", began: nil, ended: nil)
        let begins = event.resourceStatus.hasSuffix("_IN_PROGRESS")
        if begins, !state.status.hasSuffix("_IN_PROGRESS") {
            state.began = event.date
            state.ended = nil
        }
        if !begins { state.ended = event.date }
        state.status = event.resourceStatus
        states[id] = state
    }

    private func name(of event: StackEvent) -> String {
        guard event.stackID != rootID, let parent = nestedNames[event.stackID] else { return event.logicalResourceID }
        return "\(parent)/\(event.logicalResourceID)"
    }

    /// What is inside a nested stack stands below it.
    private mutating func insert(_ id: String, of event: StackEvent) {
        let parent = event.stackID == rootID ? nil : nestedNames[event.stackID]
        guard let parent, let place = order.lastIndex(where: { $0 == parent || $0.hasPrefix(parent + "/") }) else {
            return order.append(id)
        }
        order.insert(id, at: place + 1)
    }

    /// The module of a row; what is nested belongs to that of the stack around it.
    private func module(of id: String) -> String {
        map?.modules[String(id.prefix { $0 != "/" })] ?? TemplateMap.withoutModule
    }

    /// The resources in the order of the template.
    public var rows: [Row] {
        order.map { id in
            let type = map?.types[id] ?? states[id]?.type ?? ""
            return Row(
                logicalID: id, type: type, module: module(of: id),
                status: states[id]?.status, began: states[id]?.began, ended: states[id]?.ended,
                waitsFor: states[id] == nil && !isDeletion ? missing(before: id) : [],
                usualSeconds: UsualDurations.creation(of: type))
        }
    }

    /// How many resources there are, and how many have come to an end.
    public var counts: (done: Int, total: Int) {
        (states.values.count { $0.status.hasSuffix("_COMPLETE") }, order.count)
    }

    private func missing(before id: String) -> [String] {
        (map?.edges[id] ?? []).filter { states[$0]?.status.hasSuffix("_COMPLETE") != true }
    }
}
