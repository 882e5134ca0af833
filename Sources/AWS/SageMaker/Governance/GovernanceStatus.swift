/// Where a cluster policy or a quota stands, and what can be done from there.
///
/// Sources: SageMaker API, `SchedulerResourceStatus`; AWS docs, "Troubleshoot" of task governance, for the ways out.
/// A state that is not known is kept as text and taken for one that still changes.
public struct GovernanceStatus: RawRepresentable, Sendable, Hashable, Codable {
    /// The state as SageMaker spells it, such as `CreateFailed`.
    public let rawValue: String

    /// Takes a state as it is.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// What brings a resource out of its state.
    public enum Recovery: Sendable, Equatable {
        /// Nothing is wrong.
        case none
        /// An update cannot help: delete it and create it again.
        case recreate
        /// Send the update again.
        case updateAgain
        /// Send the deletion again.
        case deleteAgain
    }

    /// Whether SageMaker is done with it, well or not.
    public var isSettled: Bool { isReady || rawValue == "Deleted" || recovery != .none }

    /// Whether it is in force.
    public var isReady: Bool { rawValue == "Created" || rawValue == "Updated" }

    /// Whether it ended badly.
    public var isFailed: Bool { recovery != .none }

    /// The way out.
    public var recovery: Recovery {
        switch rawValue {
        case "CreateFailed", "CreateRollbackFailed", "UpdateRollbackFailed": .recreate
        case "UpdateFailed": .updateAgain
        case "DeleteFailed", "DeleteRollbackFailed": .deleteAgain
        default: .none
        }
    }
}
