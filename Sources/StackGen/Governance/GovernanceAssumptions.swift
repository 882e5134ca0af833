public import Governance

/// What is assumed where AWS does not document what the add-on makes of a policy.
public struct GovernanceAssumptions: Sendable, Equatable {
    /// The version of Kueue, or of the add-on with a `v` in front.
    public var version = "0.19"
    /// Whom a team evicts in other teams to take its own quota back.
    public var reclaimWithinCohort = PreemptionPolicy.Scope.any
    /// Whether a job that borrows evicts jobs of lower priority elsewhere, where fair share is off.
    public var borrowsWithinCohort = false
    /// Whether a team that does not lend stands in a cohort of its own; else in the shared one, lending nothing.
    public var standsAloneWithoutLending = true
    /// Whether a percentage of devices is rounded down; else up.
    public var roundsPercentagesDown = true
    /// Whether an absolute limit stands in place of the percentage; else the smaller one counts.
    public var absoluteLimitsReplace = true
    /// Whether the first job of a team that does not fit blocks those behind it.
    public var isStrictFIFO = false

    /// What is most likely.
    public init() {}

    /// An assumption by its name.
    public enum Key: String, CaseIterable, Sendable {
        case kueueVersion = "kueue-version"
        case reclaimWithinCohort = "reclaim-within-cohort"
        case borrowWithinCohort = "borrow-within-cohort"
        case dontLend = "dont-lend"
        case percentRounding = "percent-rounding"
        case absoluteLimits = "absolute-limits"
        case queueing = "queueing"

        /// The values it takes; the first is the likely one. Any version for `kueue-version`.
        public var values: [String] {
            switch self {
            case .kueueVersion: ["0.19", "0.18", "0.12", "0.8", "0.20"]
            case .reclaimWithinCohort: ["Any", "LowerPriority", "Never"]
            case .borrowWithinCohort: ["Never", "LowerPriority"]
            case .dontLend: ["alone", "cohort"]
            case .percentRounding: ["down", "up"]
            case .absoluteLimits: ["replace", "cap"]
            case .queueing: ["BestEffortFIFO", "StrictFIFO"]
            }
        }

        /// What it is about, in a line.
        public var summary: String {
            switch self {
            case .kueueVersion: "the version of Kueue inside the add-on"
            case .reclaimWithinCohort: "whom a team evicts in other teams to take its own quota back"
            case .borrowWithinCohort: "whether a job that borrows evicts lower priorities elsewhere (fair share off)"
            case .dontLend: "whether a team that does not lend is in the shared cohort"
            case .percentRounding: "how a percentage of whole devices is rounded"
            case .absoluteLimits: "whether an absolute limit replaces or caps the percentage"
            case .queueing: "whether a first job that does not fit blocks those behind it"
            }
        }
    }

    /// The value of an assumption.
    public subscript(key: Key) -> String {
        switch key {
        case .kueueVersion: version
        case .reclaimWithinCohort: reclaimWithinCohort.rawValue
        case .borrowWithinCohort: borrowsWithinCohort ? "LowerPriority" : "Never"
        case .dontLend: standsAloneWithoutLending ? "alone" : "cohort"
        case .percentRounding: roundsPercentagesDown ? "down" : "up"
        case .absoluteLimits: absoluteLimitsReplace ? "replace" : "cap"
        case .queueing: isStrictFIFO ? "StrictFIFO" : "BestEffortFIFO"
        }
    }

    /// Changes an assumption.
    /// - Parameter text: `name=value`.
    /// - Throws: `WorkflowError` (usage) for a name or value that is not known.
    public mutating func set(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let key = Key(rawValue: parts[0]) else {
            let names = Key.allCases.map(\.rawValue).joined(separator: ", ")
            throw WorkflowError(
                .usage, "`\(text)` is no assumption", advice: ["write NAME=VALUE; the names are \(names)"])
        }
        try set(key, parts[1])
    }

    /// Changes an assumption.
    /// - Throws: `WorkflowError` (usage) for a value that it does not take.
    public mutating func set(_ key: Key, _ value: String) throws {
        guard key == .kueueVersion ? KueueOptions(version: value) != nil : key.values.contains(value) else {
            throw WorkflowError(
                .usage, "\(key.rawValue) is not `\(value)`", advice: ["it takes \(key.values.joined(separator: ", "))"])
        }
        switch key {
        case .kueueVersion: version = value
        case .reclaimWithinCohort: reclaimWithinCohort = PreemptionPolicy.Scope(rawValue: value) ?? .any
        case .borrowWithinCohort: borrowsWithinCohort = value == "LowerPriority"
        case .dontLend: standsAloneWithoutLending = value == "alone"
        case .percentRounding: roundsPercentagesDown = value == "down"
        case .absoluteLimits: absoluteLimitsReplace = value == "replace"
        case .queueing: isStrictFIFO = value == "StrictFIFO"
        }
    }
}
