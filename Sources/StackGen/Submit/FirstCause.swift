public import AWS

/// Why a stack failed: the first resource that failed by itself, not those that were stopped because of it.
public struct FirstCause: Sendable, Equatable, Codable {
    /// The resource in the template.
    public let logicalID: String
    /// Its type.
    public let type: String
    /// The service's own words.
    public let reason: String

    /// The cause as the end of a sentence about the stack.
    var clause: String { ": \(logicalID) (\(type)): \(reason)" }

    private enum CodingKeys: String, CodingKey {
        case logicalID = "logical_id"
        case type, reason
    }

    /// The first cause among events in the order in which they happened; `nil` when nothing failed.
    ///
    /// CloudFormation stops what is under way when something fails, and words these failures
    /// "Resource creation cancelled"; the stack's own events only repeat the names.
    public init?(of events: [StackEvent]) {
        let failures = events.filter { $0.resourceStatus.hasSuffix("_FAILED") && !$0.isOfStackItself }
        let causes = failures.filter { !($0.statusReason ?? "").isCancellation }
        guard let event = causes.first ?? failures.first else { return nil }
        logicalID = event.logicalResourceID
        type = event.resourceType
        reason = event.statusReason ?? "no reason given"
    }
}

extension String {
    fileprivate var isCancellation: Bool {
        let text = lowercased()
        return text.contains("creation cancelled") || text.contains("deletion cancelled")
            || text.contains("update cancelled")
    }
}
