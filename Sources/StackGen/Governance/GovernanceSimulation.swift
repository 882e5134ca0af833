public import Diagnostics
internal import Foundation
public import Governance
internal import StackSchemas
internal import YAML

/// Predicts what a configuration's task governance does with jobs, offline.
public struct GovernanceSimulation: Sendable {
    /// What is simulated and how.
    public struct Options: Sendable {
        /// The jobs file, or a history with the ending `.csv`; `nil` for none.
        public var jobs: String?
        /// A workload to be generated, such as `poisson:load=0.8,seed=1`.
        public var workload: String?
        /// Assumptions as `name=value`; they win over those of the jobs file.
        public var assumptions: [String] = []
        /// Changes of the configuration before it begins, as `configure` takes them.
        public var changes: [String] = []
        /// Times whose usage is wanted.
        public var times: [Int64] = []
        /// Jobs whose story is wanted, as `team/job`.
        public var watched: [String] = []
        /// When it ends, where the jobs file does not say.
        public var end: Int64?
        /// Whether other assumptions are tried, to tell which of them matter.
        public var triesAssumptions = true

        /// No jobs.
        public init() {}
    }

    /// What was simulated.
    public let input: SimulationInput
    /// What happened.
    public let result: SimulationResult
    /// The life of every job.
    public let history: JobHistory
    /// Whether promises were kept.
    public let expectations: [ExpectationOutcome]
    /// What was assumed.
    public let assumptions: GovernanceAssumptions
    /// Assumptions that make a difference: with the other value, and how many jobs fare differently with it.
    public let sensitivities: [Sensitivity]
    /// What jobs ask for beyond what their teams own or can have.
    public let findings: [Diagnostic]

    /// An assumption that makes a difference.
    public struct Sensitivity: Sendable, Equatable {
        /// Which one.
        public var key: GovernanceAssumptions.Key
        /// The other value.
        public var value: String
        /// How many jobs fare differently.
        public var jobs: Int
    }

    /// Whether every promise was kept.
    public var keepsPromises: Bool { expectations.allSatisfy { $0.failure == nil } }

    /// Simulates a configuration.
    /// - Throws: `DiagnosticError` where the configuration or the jobs have errors, `WorkflowError` for options that
    ///   cannot be used.
    public static func run(_ project: Project, _ options: Options) throws -> GovernanceSimulation {
        try run(try project.config(), options)
    }

    static func run(_ config: SourceFile, _ options: Options) throws -> GovernanceSimulation {
        let config = try changed(config, options.changes)
        var assumptions = GovernanceAssumptions()
        for text in options.assumptions { try assumptions.set(text) }
        let policy = try policy(of: config, assumptions)
        let jobs = try self.jobs(options, policy)
        assumptions = GovernanceAssumptions()
        for text in jobs.assumptions + options.assumptions { try assumptions.set(text) }
        let prepared = try input(config, jobs, options, assumptions)
        let result = Simulator.run(prepared)
        let history = JobHistory(prepared, result)
        return GovernanceSimulation(
            input: prepared, result: result, history: history,
            expectations: jobs.expectations.map { $0.check(prepared, result, history) }, assumptions: assumptions,
            sensitivities: options.triesAssumptions
                ? try sensitivities(config, jobs, options, assumptions, result) : [],
            findings: jobs.findings)
    }

    // MARK: Reading

    private static func policy(of config: SourceFile, _ assumptions: GovernanceAssumptions) throws -> PolicyModel {
        let checked = ConfigChecker.check(config)
        let errors = checked.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty, let stack = checked.stack else { throw DiagnosticError(errors) }
        return try PolicyModel(stack, plan: checked.plan, assuming: assumptions)
    }

    private static func jobs(_ options: Options, _ policy: PolicyModel) throws -> JobsFile {
        var file = JobsFile()
        if let path = options.jobs {
            let source = try read(path)
            file =
                path.hasSuffix(".csv")
                ? try JobsHistoryReader.read(source, policy) : try JobsFileReader.read(source, policy)
        }
        if let text = options.workload { try GeneratedWorkload(text).add(to: &file, policy) }
        return file
    }

    private static func read(_ path: String) throws -> SourceFile {
        do {
            return SourceFile(name: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        } catch {
            throw WorkflowError(.invalidInput, "`\(path)` cannot be read: \(WorkflowError.reason(of: error))")
        }
    }

    // MARK: Changes of the configuration

    /// A configuration with changes made; `teams[…]` may stand for `task_governance.teams[…]`.
    static func changed(_ config: SourceFile, _ changes: [String]) throws -> SourceFile {
        guard !changes.isEmpty else { return config }
        let parsed = Parser.parse(config)
        guard !parsed.hasErrors, let document = parsed.document else { throw DiagnosticError(parsed.diagnostics) }
        var editor = DocumentEditor(document)
        let edit = ConfigEdit(kind: ConfigChecker.check(config).kind ?? .clusterStack)
        for text in changes {
            let isShort = ["teams", "priority_classes", "fair_share", "idle_resource_sharing"].contains {
                text.hasPrefix($0)
            }
            try edit.apply(try Configure.change(isShort ? "task_governance." + text : text), to: &editor)
        }
        return SourceFile(name: config.name, bytes: editor.document.file.bytes)
    }

    // MARK: Putting together

    private static func input(
        _ config: SourceFile, _ jobs: JobsFile, _ options: Options, _ assumptions: GovernanceAssumptions
    ) throws -> SimulationInput {
        let policy = try policy(of: config, assumptions)
        var input = SimulationInput(queues: policy.queues, options: policy.options, teams: policy.teams)
        input.nodes = policy.nodes
        input.classes = policy.classes.map(\.name)
        input.shapes = jobs.shapes
        input.jobs = jobs.jobs
        input.events = jobs.events + (try policyEvents(config, jobs.changes, policy, assumptions))
        input.gracePeriod = jobs.gracePeriod
        let wanted = options.times + jobs.expectations.compactMap(\.snapshot)
        input.end = jobs.end ?? options.end
        input.snapshots = Set(wanted).sorted()
        if let end = input.end, let last = input.snapshots.last, last > end { input.end = last }
        input.watched = try watched(options.watched, policy, jobs)
        return input
    }

    private static func watched(_ names: [String], _ policy: PolicyModel, _ jobs: JobsFile) throws -> Set<Int> {
        var found: Set<Int> = []
        for name in names {
            let places = jobs.jobs.indices.filter {
                let job = jobs.jobs[$0]
                return job.name == name || "\(policy.teams[Int(job.team)])/\(job.name)" == name
            }
            guard places.count == 1 else {
                throw WorkflowError(
                    .usage, places.isEmpty ? "there is no job `\(name)`" : "several jobs have the name `\(name)`",
                    advice: ["write TEAM/JOB"])
            }
            found.formUnion(places)
        }
        return found
    }

    private static func policyEvents(
        _ config: SourceFile, _ changes: [JobsFile.Change], _ first: PolicyModel,
        _ assumptions: GovernanceAssumptions
    ) throws -> [SimulationEvent] {
        var config = config
        return try changes.sorted { $0.time < $1.time }.map { change in
            config = try changed(config, [change.text])
            let policy = try policy(of: config, assumptions)
            let names = { (policy: PolicyModel) in
                policy.queues.map { [$0.name] + $0.resourceGroups.flatMap { $0.flavors.map(\.name) } }
            }
            guard names(policy) == names(first), policy.options == first.options else {
                throw DiagnosticError(
                    JobsRule.wrongValue.error(
                        "a change during the simulation may not add or remove teams or machine types, nor fair share",
                        at: change.span))
            }
            return SimulationEvent(change.time, .policy(queues: policy.queues, cohorts: []))
        }
    }

    // MARK: What matters

    /// Tries the other values of every assumption, where that is quick.
    private static func sensitivities(
        _ config: SourceFile, _ jobs: JobsFile, _ options: Options, _ assumptions: GovernanceAssumptions,
        _ result: SimulationResult
    ) throws -> [Sensitivity] {
        guard jobs.jobs.count <= 500, !jobs.jobs.isEmpty else { return [] }
        var found: [Sensitivity] = []
        for key in GovernanceAssumptions.Key.allCases {
            for value in key.values where value != assumptions[key] {
                var others = assumptions
                try others.set(key, value)
                var quiet = options
                quiet.watched = []
                let other = Simulator.run(try input(config, jobs, quiet, others))
                let different = Self.differences(result, other, count: jobs.jobs.count)
                if different > 0 { found.append(Sensitivity(key: key, value: value, jobs: different)) }
            }
        }
        return found
    }

    /// How many jobs take other steps; reasons and those who evict count.
    private static func differences(_ one: SimulationResult, _ other: SimulationResult, count: Int) -> Int {
        func steps(_ result: SimulationResult) -> [[SimulationResult.Transition]] {
            var steps = Array(repeating: [SimulationResult.Transition](), count: count)
            for transition in result.transitions { steps[Int(transition.job)].append(transition) }
            return steps
        }
        return zip(steps(one), steps(other)).count { $0 != $1 }
    }
}
