internal import Diagnostics
internal import Foundation
internal import StackSchemas
internal import YAML

/// Turns a configuration of `hyp` into one of the kind `cluster-stack`, and shows that both are the same cluster.
public enum Migrate {
    /// A key with what became of it.
    public struct Step: Codable, Sendable, Equatable {
        /// The key of `hyp`.
        public let key: String
        /// The path in `cluster-stack`; `nil` where there is none.
        public let path: String?
        /// What changed and why; empty where nothing did.
        public let reason: String
    }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The new configuration's text.
        public var config: String
        /// Keys with the same value under another name.
        public var mapped: [Step]
        /// Keys that are said in another way.
        public var changed: [Step]
        /// Keys without a counterpart.
        public var lost: [Step]
        /// What a person has to complete; empty when the new configuration validates.
        public var open: [String]
        /// Both clusters side by side; `nil` while the new configuration does not validate.
        public var comparison: ClusterComparison?

        /// The report for a person.
        public var text: String {
            var lines: [String] = []
            func section(_ title: String, _ steps: [Step]) {
                guard !steps.isEmpty else { return }
                lines +=
                    [title]
                    + steps.map { step in
                        let target = step.path.map { " -> \($0)" } ?? ""
                        return "  \(step.key)\(target)" + (step.reason.isEmpty ? "" : ": \(step.reason)")
                    }
            }
            section("the same under another name", mapped)
            section("said in another way", changed)
            section("without a counterpart", lost)
            if !open.isEmpty { lines += ["to be completed"] + open.map { "  \($0)" } }
            let table = comparison.map { "both evaluate to\n" + $0.text } ?? ""
            return lines.map { $0 + "\n" }.joined() + table
        }
    }

    /// Reads a folder of `hyp`.
    /// - Parameter region: the region, where the configuration does not tell it.
    /// - Throws: `DiagnosticError` when it is none, or has errors.
    public static func run(_ project: Project, region: String? = nil) throws -> Outcome {
        let file = try project.config()
        let compilation = try Compiler.compile(project, config: file, region: region)
        guard let hosted = compilation.config.hosted, let document = compilation.config.document else {
            throw DiagnosticError(ProjectRule.unknownKind.error("`\(file.name)` is no configuration of hyp"))
        }
        let written = Set((document.root?.mapping ?? []).filter { !$0.value.isNull }.map(\.name))
        var outcome = Outcome(config: "", mapped: [], changed: [], lost: [], open: [], comparison: nil)
        for row in HostedCounterparts.rows where written.contains(row.key) {
            let step = Step(key: row.key, path: row.path, reason: row.reason)
            switch row.fate {
            case .maps: outcome.mapped.append(step)
            case .changes: outcome.changed.append(step)
            case .none: outcome.lost.append(step)
            }
        }
        let (cluster, open) = complete(hosted)
        outcome.config = writer(document, file).text(of: cluster)
        outcome.open = open
        try compare(&outcome, hosted, compilation)
        return outcome
    }

    /// What the mapping for rules leaves out, since rules do not ask for it.
    private static func complete(_ hosted: HostedConfig) -> (ClusterStack, open: [String]) {
        var cluster = hosted.cluster
        var open: [String] = []
        let stack = hosted.stack
        cluster.addons.inference.enabled = stack.enableInferenceFeature
        cluster.fsx?.availabilityZone = hosted.fsxZone
        if let bucket = stack.rigS3BucketName {
            var environment = RestrictedEnvironment()
            environment.inputBucket = bucket
            cluster.restrictedEnvironment = environment
        }
        if stack.githubRawURL.text != HostedStack().githubRawURL.text {
            open.append("lifecycle.script_file: put the script of \(stack.githubRawURL) beside the configuration")
        }
        if !stack.createIAMRoleStack {
            open.append("iam.execution_role_arn: the ARN of the role \(stack.iamRoleName)")
        }
        if !stack.createVPCStack { addSubnets(&cluster, stack, &open) }
        if stack.fsxFileSystemID != nil, stack.createFSxStack {
            open.append(
                "fsx: a new file system is made; name fsx.existing_file_system_id to use \(stack.fsxFileSystemID?.text ?? "")"
            )
        }
        if !stack.createHyperPodClusterStack {
            open.append("create_hyperpod_cluster_stack is false, and cluster-stack always makes the cluster")
        }
        return (cluster, open)
    }

    /// The zones of existing subnets are not in the configuration, and a guess could place nodes wrongly.
    private static func addSubnets(_ cluster: inout ClusterStack, _ stack: HostedStack, _ open: inout [String]) {
        func add(_ ids: [SubnetID]?, _ type: VPCSettings.Subnet.Role) {
            for id in ids ?? [] {
                var subnet = VPCSettings.Subnet()
                subnet.type = type
                subnet.id = id
                cluster.vpc.subnets.append(subnet)
                open.append("vpc.subnets: the zone of \(id)")
            }
        }
        add(stack.eksPrivateSubnetIDs, .controlPlane)
        add(stack.privateSubnetIDs, .nodes)
    }

    private static func writer(_ document: Document, _ file: SourceFile) -> NativeWriter {
        let comments = PersonComments(document)
        var writer = NativeWriter()
        writer.head = ["Made by `stackgen migrate` from \(file.name)."]
        for (key, attached) in comments.byKey.sorted(by: { $0.key < $1.key }) {
            guard let path = HostedCounterparts.row(key)?.path else {
                writer.tail += (attached.above + (attached.behind.map { [$0] } ?? [])).map { "\(key): \($0)" }
                continue
            }
            var merged = writer.comments[path] ?? PersonComments.Attached()
            merged.above += attached.above
            if merged.behind == nil {
                merged.behind = attached.behind
            } else if let more = attached.behind {
                merged.above.append(more)
            }
            writer.comments[path] = merged
        }
        writer.tail += comments.atEnd
        return writer
    }

    /// Evaluates the new configuration and sets it beside the old one.
    private static func compare(_ outcome: inout Outcome, _ hosted: HostedConfig, _ compilation: Compilation) throws {
        let file = SourceFile(name: Project.configName, text: outcome.config)
        let checked = ConfigChecker.check(file)
        let errors = checked.diagnostics.filter { $0.severity == .error }
        outcome.open += errors.map { "\($0.span.map { "line \($0.start.line): " } ?? "")\($0.message) [\($0.id)]" }
        guard errors.isEmpty else { return }
        // The folder's own template is one for parameters, so the new one is evaluated away from it.
        let elsewhere = Project(
            path: FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path)
        let native = try Compiler.compile(elsewhere, config: file)
        outcome.comparison = ClusterComparison(
            hosted: ClusterFacts(parameters: try ParameterDocument(compilation.evaluated), zones: hosted.zones),
            native: ClusterFacts(template: native.evaluated, zones: native.stack.vpc.availabilityZones))
    }
}
