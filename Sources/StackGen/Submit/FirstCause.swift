public import AWS

/// Why a stack failed: the first resource that failed by itself, not those that were stopped because of it.
public struct FirstCause: Sendable, Equatable, Codable {
    /// The resource in the template.
    public let logicalID: String
    /// Its type.
    public let type: String
    /// The service's own words.
    public let reason: String
    /// What AWS calls it; `nil` where it never came to be.
    public let physicalID: String?
    /// The resource of the outermost stack that it is inside of; `nil` for a resource of that stack itself.
    public let nestedIn: String?

    /// The cause as the end of a sentence about the stack.
    var clause: String { ": \(logicalID) (\(type))\(nestedIn.map { " in \($0)" } ?? ""): \(reason)" }

    /// The resource that the configuration's line made.
    var ownLogicalID: String { nestedIn ?? logicalID }

    private enum CodingKeys: String, CodingKey {
        case logicalID = "logical_id"
        case type, reason
        case physicalID = "physical_id"
        case nestedIn = "nested_in"
    }

    /// The first cause among events in the order in which they happened; `nil` when nothing failed.
    ///
    /// CloudFormation stops what is under way when something fails, and words these failures
    /// "Resource creation cancelled"; the stack's own events only repeat the names.
    public init?(of events: [StackEvent]) {
        let failures = events.filter { $0.resourceStatus.hasSuffix("_FAILED") && !$0.isOfStackItself }
        let causes = failures.filter { !($0.statusReason ?? "").isConsequence }
        guard let event = causes.first ?? failures.first else { return nil }
        logicalID = event.logicalResourceID
        type = event.resourceType
        reason = event.statusReason ?? "no reason given"
        physicalID = event.physicalResourceID.isEmpty ? nil : event.physicalResourceID
        nestedIn = Self.outermost(around: event, in: events)
    }
}

extension FirstCause {
    /// Follows the nested stacks outwards, to the resource of the stack that the first event is of.
    private static func outermost(around event: StackEvent, in events: [StackEvent]) -> String? {
        guard let root = events.first?.stackID else { return nil }
        var (inner, found) = (event.stackID, String?.none)
        while inner != root,
            let parent = events.first(where: { $0.physicalResourceID == inner && $0.stackID != inner })
        {
            (inner, found) = (parent.stackID, parent.logicalResourceID)
        }
        return found
    }
}

extension String {
    /// Whether it failed because something else did: it was stopped, or it is the stack around what failed.
    fileprivate var isConsequence: Bool {
        let text = lowercased()
        return text.contains("creation cancelled") || text.contains("deletion cancelled")
            || text.contains("update cancelled") || text.hasPrefix("embedded stack")
    }
}
