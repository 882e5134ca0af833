import Diagnostics
import YAML

/// What a rule sees, and where it reports.
public struct RuleContext: Sendable {
    /// The configuration with all defaults.
    public let stack: ClusterStack
    /// The document that it was read from.
    public let config: LocatedConfig
    /// The plan; `nil` where something that it is drawn from could not be read.
    public let plan: Plan?
    let planningProblem: NetworkPlanner.Problem?
    let groups: [GroupSummary]
    /// The ordinary groups with their places.
    let ordinaryGroups: [(path: ConfigPath, group: Shared<InstanceGroup>)]
    /// Every amount of a quota or borrow limit with its place.
    let amounts: [(path: ConfigPath, amount: ResourceQuota)]
    /// The ranges of a new VPC with their places, the primary one first; empty for an existing VPC.
    private(set) var vpcRanges: [(path: ConfigPath, block: CIDRBlock)] = []
    /// Every zone of the configuration with its place.
    private(set) var allZones: [(path: ConfigPath, zone: ZoneID)] = []
    /// What every node subnet with a known range has to give.
    private(set) var addressDemands: [AddressDemand] = []
    /// Every ARN of the configuration but those of training plans, which have a rule of their own.
    private(set) var allARNs: [LocatedARN] = []
    private var current: Rule?
    private(set) var diagnostics: [Diagnostic] = []

    init(
        stack: ClusterStack, config: LocatedConfig, plan: Plan?, planningProblem: NetworkPlanner.Problem?,
        groups: [GroupSummary]? = nil
    ) {
        self.stack = stack
        self.config = config
        self.plan = plan
        self.planningProblem = planningProblem
        self.groups = groups ?? GroupSummary.all(of: stack)
        let list: ConfigPath = "instance_groups"
        self.ordinaryGroups = stack.instanceGroups.enumerated().map { (list[$0], Shared($1)) }
        self.amounts = Self.locatedAmounts(stack.taskGovernance?.teams ?? [])
        // Several rules read each of these.
        self.vpcRanges = locatedRanges()
        self.allZones = locatedZones()
        self.allARNs = locatedARNs()
        self.addressDemands = AddressDemand.all(self)
    }

    /// A problem with the value at a path.
    mutating func report(
        _ message: String, at path: ConfigPath, label: String? = nil, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) {
        report(message, span: config.nearestSpan(of: path), label: label, notes: notes, fix: fix)
    }

    /// A problem with the key at the end of a path.
    mutating func report(
        _ message: String, atKey path: ConfigPath, label: String? = nil, notes: [Diagnostic.Note] = [],
        fix: Diagnostic.Fix? = nil
    ) {
        report(
            message, span: config.keySpan(of: path) ?? config.nearestSpan(of: path), label: label, notes: notes,
            fix: fix)
    }

    private mutating func report(
        _ message: String, span: SourceSpan?, label: String?, notes: [Diagnostic.Note], fix: Diagnostic.Fix?
    ) {
        guard let current else { return }
        diagnostics.append(
            Diagnostic(current.severity, current.id, message, at: span, label: label, notes: notes, fix: fix))
    }

    /// A sentence about the value at a path.
    func note(_ message: String, at path: ConfigPath) -> Diagnostic.Note {
        Diagnostic.Note(message, at: config.nearestSpan(of: path))
    }

    /// The replacement of the value at a path; words alone where nothing is written there.
    func replacement(of path: ConfigPath, with text: String) -> Diagnostic.Fix {
        guard let span = config.node(at: path)?.span else {
            return Diagnostic.Fix("set `\(path)` to `\(text)`")
        }
        return .replace(span, with: text)
    }

    /// The replacement of the value at a path by what it plainly means.
    func correction(of path: ConfigPath, to text: String) -> Diagnostic.Fix {
        var fix = replacement(of: path, with: text)
        fix.isSafe = !fix.edits.isEmpty
        return fix
    }

    /// Those keys of a record that say something else than the default.
    func changed<Value: Record & Equatable>(_ record: Value, among keys: [String]) -> [String] {
        let initial = Value()
        if record == initial { return [] }
        let schema = Value.schema
        let positions = keys.compactMap { schema.position(of: $0) }.sorted()
        return positions.map { schema.fields[$0] }.filter { $0.value(record) != $0.value(initial) }.map(\.key)
    }

    /// Runs a rule.
    mutating func run(_ rule: Rule) {
        current = rule
        rule.check(&self)
        current = nil
    }
}
