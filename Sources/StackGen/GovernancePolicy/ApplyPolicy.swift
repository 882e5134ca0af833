public import Diagnostics
public import Foundation
internal import StackSchemas

/// Applies a configuration of the kind `task-governance` to the cluster that it names, or that of a `cluster-stack` whose
/// region lacks CloudFormation's types to the stack's cluster.
public enum ApplyPolicy {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The project.
        public var project: Project
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// Stops before the network: compiles and records.
        public var isDryRun = false
        /// Stops at the plan, which is not recorded.
        public var onlyPlans = false
        /// Deletes the quotas of teams that the configuration does not name.
        public var prunes = false
        /// How long to wait; nil for as long as it takes.
        public var timeout: Duration?
        /// Where the record goes; nil for a folder of its own below `run/`.
        public var recordURL: URL?

        /// A request to apply a project's policy.
        public init(project: Project) {
            self.project = project
        }
    }

    /// What is told on the way.
    public enum Progress: Sendable {
        /// The configuration is valid; warnings and notes come along.
        case compiled([Diagnostic])
        /// This is what would be done.
        case planned(Plan, warnings: [Diagnostic])
        /// The record is complete; nothing was sent yet.
        case recorded(RunFolder)
        /// A step begins.
        case begins(String)
        /// A step is done.
        case done(String, status: String)
    }

    /// A plan as it is shown: a line a step.
    public struct Plan: Sendable {
        /// The steps in words.
        public let lines: [String]
        /// Whether there is nothing to do.
        public let isEmpty: Bool
    }

    /// What became of one thing.
    public struct Result: Codable, Sendable {
        /// `addon`, `policy` or `quota`.
        public var subject: String
        /// The name: the team's for quotas.
        public var name: String
        /// `install`, `create`, `update`, `recreate`, `delete`, `leave` or `keep`.
        public var action: String
        /// The state at the end, as the service spells it.
        public var status: String
    }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The record's folder; nil when there was nothing to do.
        public var record: String?
        /// The HyperPod cluster.
        public var cluster: String
        /// The region.
        public var region: String
        /// Whether something is, or was, to be changed.
        public var isChange: Bool
        /// The plan; nil in a dry run.
        var steps: [PolicyPlan.Step]?
        /// What became of each thing.
        public var results: [Result]

        init(record: String?, cluster: String, region: String, steps: [PolicyPlan.Step]?, results: [Result]) {
            self.record = record
            self.cluster = cluster
            self.region = region
            self.isChange = steps?.contains { $0.isChange } ?? false
            self.steps = steps
            self.results = results
        }

        enum CodingKeys: String, CodingKey {
            case record, cluster, region, steps, results
            case isChange = "has_changes"
        }
    }

    /// Whether a project's configuration is of the kind.
    /// - Throws: `DiagnosticError` when there is no configuration.
    public static func isPolicy(_ project: Project) throws -> Bool {
        ConfigChecker.check(try project.config()).kind?.name == StackKind.taskGovernance.name
    }

    /// Whether a project's stack leaves its policy out, so that this is what makes it.
    /// - Throws: `DiagnosticError` when there is no configuration.
    public static func isDueAfterStack(_ project: Project) throws -> Bool {
        ConfigChecker.check(try project.config()).policyBesideStack != nil
    }

    /// Applies a policy.
    /// - Parameters:
    ///   - agree: is shown the plan; `false` leaves everything as it is.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; nothing is sent unless the record was
    ///   complete before.
    public static func run(
        _ request: Request, host: Host, agree: @escaping @Sendable (Plan) throws -> Bool,
        progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> Outcome {
        let (compilation, config) = try PolicyCompiler.policy(of: request.project)
        let policy = config.policy
        if let region = request.connection.region, region != policy.region.text {
            throw WorkflowError(
                .invalidInput,
                ProjectRule.otherRegion.error("the configuration is for \(policy.region), not for \(region)"))
        }
        progress(.compiled(compilation.diagnostics))
        let run = PolicyRun(
            request: request, compilation: compilation, policy: policy, host: host, progress: progress)
        do {
            return request.isDryRun ? try run.recordOnly() : try await run.apply { try agree(Plan($0)) }
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
        }
    }
}

extension ApplyPolicy.Plan {
    init(_ plan: PolicyPlan) {
        lines = plan.steps.flatMap(\.lines)
        isEmpty = plan.isEmpty
    }
}

extension PolicyPlan.Step {
    /// The step in words.
    var title: String {
        let what = subject == .quota ? "quota of \(name)" : "\(subject.rawValue) \(name)"
        return "\(action.rawValue) \(what)"
    }

    /// The step with what changes.
    var lines: [String] {
        let signs: [PolicyPlan.Action: String] = [
            .install: "+", .create: "+", .update: "~", .recreate: "±", .delete: "-", .leave: " ", .keep: " ",
        ]
        let state = status.map { " (\($0))" } ?? ""
        let details = changes.map { "      \($0.field): \($0.from ?? "nothing") → \($0.to ?? "nothing")" }
        return ["  \(signs[action] ?? " ") \(title)\(state)"] + (isChange ? details : [])
    }
}
