internal import AWS
internal import Diagnostics
internal import Foundation
internal import StackSchemas

/// Proposes a policy and two teams for a cluster, and writes them as a configuration.
///
/// The classes and their weights are those of AWS's walkthrough
/// (aws/sagemaker-hyperpod-cli: examples/end_to_end_walkthrough/00-getting-started/00-setup.md).
public enum SetupPolicy {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The HyperPod cluster; nil takes the only one, or asks.
        public var cluster: String?
        /// The machine type to share; nil takes the one with the most accelerators.
        public var instanceType: String?
        /// The teams.
        public var teams = ["team-a", "team-b"]
        /// The folder of the configuration.
        public var folder: String
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// Whether a configuration that is there is replaced.
        public var overwrites = false

        /// A request to write into a folder.
        public init(folder: String) { self.folder = folder }
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// The configuration's path.
        public let path: String
        /// What was proposed, and what was there already, a line each.
        public let lines: [String]
    }

    private static let classes = [
        SchedulerConfiguration.PriorityClass(name: "inference", weight: 90),
        SchedulerConfiguration.PriorityClass(name: "experimentation", weight: 80),
        SchedulerConfiguration.PriorityClass(name: "training", weight: 70),
        SchedulerConfiguration.PriorityClass(name: "fine-tuning", weight: 50),
    ]

    /// Writes the configuration. What the cluster has already is taken over as it is, and only what is missing is
    /// proposed.
    /// - Parameter ask: chooses between several clusters; nil where nobody can be asked.
    /// - Throws: `WorkflowError`.
    public static func run(
        _ request: Request, host: Host, ask: (@Sendable ([String]) -> String?)? = nil
    ) async throws -> Outcome {
        do {
            let path = request.folder == "." ? Project.configName : "\(request.folder)/\(Project.configName)"
            guard request.overwrites || !FileManager.default.fileExists(atPath: path) else {
                throw WorkflowError(
                    .preflight,
                    ProjectRule.exists.error(
                        "`\(path)` is there already", fix: "choose another folder, or pass --force to overwrite"))
            }
            let client = try host.connect(request.connection)
            let name = try await ClusterChoice.choose(request.cluster, client, ask: ask)
            let live = try await LivePolicy.read(cluster: name, eksCluster: nil, client)
            var text = live.text(region: client.configuration.region.value)
            let lines = try propose(&text, live, request)
            try check(text.text, path: path)
            try FileManager.default.createDirectory(
                at: URL(fileURLWithPath: request.folder), withIntermediateDirectories: true)
            try DurableFile.replace(URL(fileURLWithPath: path), with: Array(text.text.utf8))
            let schema = request.folder + "/\(StackKind.taskGovernance.name).schema.json"
            try DurableFile.replace(
                URL(fileURLWithPath: schema), with: Array(JSONSchemaWriter.text(for: .taskGovernance).utf8))
            return Outcome(path: path, lines: lines)
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
        }
    }

    private static func propose(
        _ text: inout PolicyText, _ live: LivePolicy, _ request: Request
    ) throws -> [String] {
        var lines: [String] = []
        if let policy = live.policies.first {
            lines.append("policy \(policy.name) is there (\(policy.status.rawValue)) and stays as it is")
        } else {
            text.scheduler = SchedulerConfiguration(priorityClasses: classes, fairShare: "Enabled")
            lines.append("policy with " + classes.map { "\($0.name) \($0.weight)" }.joined(separator: ", "))
        }
        guard live.quotas.isEmpty else {
            let teams = live.quotas.map(\.computeQuotaTarget.teamName).sorted().joined(separator: ", ")
            return lines + ["the quotas of \(teams) are there and stay as they are"]
        }
        let (type, nodes) = try machineType(request.instanceType, live)
        let share = nodes / request.teams.count
        for team in request.teams {
            // With fewer nodes than teams each gets its part of the devices.
            let amount =
                share > 0
                ? ComputeQuotaResource(instanceType: type, count: share)
                : part(of: type, nodes: nodes, teams: request.teams.count)
            text.quotas.append(
                PolicyText.Quota(
                    team: team,
                    config: ComputeQuotaConfiguration(
                        computeQuotaResources: [amount],
                        resourceSharingConfig: .init(strategy: "LendAndBorrow", borrowLimit: 100),
                        preemptTeamTasks: "LowerPriority"),
                    weight: 100, isActive: true))
            let what = amount.count.map { "\($0)" } ?? "\(amount.accelerators ?? 0) accelerators"
            lines.append("team \(team) with \(type) × \(what), lends and borrows up to 100 %")
        }
        return lines
    }

    /// The type that is shared, and how many nodes there are of it.
    private static func machineType(_ wanted: String?, _ live: LivePolicy) throws -> (String, Int) {
        let capacity = live.capacity.filter { $0.value > 0 }
        if let wanted {
            if let nodes = capacity[wanted] { return (wanted, nodes) }
            throw WorkflowError(
                .preflight,
                PolicyRule.typeNotInCluster.finding(
                    "no instance group of the cluster has \(wanted)",
                    notes: [Diagnostic.Note("it has \(capacity.keys.sorted().joined(separator: ", "))")]))
        }
        func accelerators(_ type: String, _ nodes: Int) -> Int {
            (InstanceType(text: type).facts?.accelerators ?? 0) * nodes
        }
        let best = capacity.max { first, second in
            let (left, right) = (accelerators(first.key, first.value), accelerators(second.key, second.value))
            return left != right ? left < right : (first.value, second.key) < (second.value, first.key)
        }
        guard let best else {
            throw WorkflowError(
                .preflight, PolicyRule.clusterNotReady.finding("the cluster has no nodes that teams could share"))
        }
        return (best.key, best.value)
    }

    private static func part(of type: String, nodes: Int, teams: Int) -> ComputeQuotaResource {
        let devices = (InstanceType(text: type).facts?.accelerators ?? 0) * nodes
        guard devices >= teams else { return ComputeQuotaResource(instanceType: type, count: 1) }
        return ComputeQuotaResource(instanceType: type, accelerators: devices / teams)
    }

    /// Names of teams come from the command line, and what the cluster has may be more than the rules allow.
    private static func check(_ text: String, path: String) throws {
        let problems = ConfigChecker.check(SourceFile(name: path, text: text)).diagnostics
            .filter { $0.severity == .error }
        guard problems.isEmpty else { throw DiagnosticError(problems) }
    }
}
