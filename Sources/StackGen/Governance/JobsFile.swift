public import Diagnostics
public import Governance

/// Jobs and what happens to a cluster over time, as a jobs file, a history or a generator gives them.
public struct JobsFile: Sendable {
    /// The jobs, with their shapes.
    public var jobs: [Job] = []
    /// Every distinct request.
    public var shapes: [JobShape] = []
    /// What else happens; changes of the policy apart.
    public var events: [SimulationEvent] = []
    /// Changes of the configuration, such as `teams[team-a].sharing.borrow_limit_percent=200`, with their times.
    public var changes: [Change] = []
    /// What is promised.
    public var expectations: [Expectation] = []
    /// How long an evicted job keeps its quota.
    public var gracePeriod: Int64 = 0
    /// When the simulation ends.
    public var end: Int64?
    /// What is assumed, as `name=value`.
    public var assumptions: [String] = []
    /// What jobs ask for beyond what their teams own or can have: the first of each team.
    public var findings: [Diagnostic] = []

    /// No jobs.
    public init() {}

    /// A change of the configuration at a time.
    public struct Change: Sendable {
        /// When.
        public var time: Int64
        /// What, as `configure` takes it.
        public var text: String
        /// Where it is written.
        public var span: SourceSpan?
    }

    /// The number of a shape; equal shapes have one.
    mutating func number(of shape: JobShape, _ known: inout [JobShape: Int]) -> Int {
        if let number = known[shape] { return number }
        shapes.append(shape)
        known[shape] = shapes.count - 1
        return shapes.count - 1
    }
}

/// What can be wrong with jobs; ids are stable.
public enum JobsRule: String, CaseIterable, Sendable {
    case unknownKey = "JOB001"
    case missingKey = "JOB002"
    case wrongValue = "JOB003"
    case unknownName = "JOB004"
    case repeatedName = "JOB005"
    case noRequest = "JOB006"
    case expectation = "JOB007"
    case neverFits = "JOB008"
    case livesOnBorrowed = "JOB009"

    /// What the rule means, in one sentence.
    public var summary: String {
        switch self {
        case .unknownKey: "A key is not one of a jobs file."
        case .missingKey: "A key is missing."
        case .wrongValue: "A value is not of the kind needed."
        case .unknownName: "A team, class, job or machine type is not there."
        case .repeatedName: "Two jobs of a team have one name."
        case .noRequest: "A job does not say what it asks for, or says it twice."
        case .expectation: "An expectation cannot be read."
        case .neverFits: "A job asks for more than its team can ever have."
        case .livesOnBorrowed: "A job asks for more than its team owns: a lender can evict it at any time, as a whole."
        }
    }

    /// How much a finding weighs.
    public var severity: Diagnostic.Severity { self == .livesOnBorrowed ? .warning : .error }

    func error(_ message: String, at span: SourceSpan?, fix: String? = nil) -> Diagnostic {
        .error(rawValue, message, at: span, fix: fix.map { Diagnostic.Fix($0) })
    }
}
