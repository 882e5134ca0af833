public import AWS
internal import Diagnostics
public import Foundation
internal import StackSchemas

/// What `create` and `update` have in common: what a caller wants, what is told on the way, what comes of it.
public enum Submission {
    /// Whether there is to be a stack, or one is to be changed.
    public enum Operation: String, Sendable, Codable {
        case create
        case update
    }

    /// What a caller wants.
    public struct Request: Sendable {
        /// The project.
        public var project: Project
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// The stack's name, in place of the configuration's.
        public var stackName: String?
        /// The account that is meant; `nil` for that of the last run, or any where there was none.
        public var account: String?
        /// Stops before the network: compiles, verifies and records.
        public var isDryRun = false
        /// Makes the change set, shows it and removes it again.
        public var showsOnly = false
        /// Whether CloudFormation works out the changes first, and what it worked out is executed.
        public var usesChangeSet = true
        /// Stateful resources that may be replaced or deleted, by logical id.
        public var allowedReplacements: Set<String> = []
        /// Resources that are there already and become part of the stack.
        public var imports: [ImportedResource] = []
        /// Takes in what is there already under a name that the template writes out. Needs a change set.
        public var importsExisting = false
        /// Takes over a stack that another tool made; an update otherwise leaves such a stack alone.
        public var adopts = false
        /// Follows the stack to its end.
        public var waits = false
        /// How long to wait; `nil` for as long as it takes.
        public var timeout: Duration?
        /// Agrees to what would be asked for: a bucket for a long template.
        public var assumesYes = false
        /// Where the record goes; `nil` for a folder of its own below `run/`.
        public var recordURL: URL?
        /// The version of the template that AWS publishes; `nil` for the newest. For hosted stacks only.
        public var templateVersion: Int?
        /// Asks AWS what only AWS knows before anything is sent, and stops at errors.
        public var checksBefore = true
        /// Leaves clock, caller and repository out of the record, so that it is the same everywhere.
        public var isReproducible = false

        /// A request about a project's stack.
        public init(project: Project) {
            self.project = project
        }
    }

    /// What is told on the way.
    public enum Progress: Sendable {
        /// The configuration is valid and its template evaluated; warnings and notes come along.
        case compiled(Compilation)
        /// AWS was asked what only AWS knows.
        case preflight(Preflight.Report)
        /// The record is complete; nothing was sent yet.
        case recorded(RunFolder, isResumed: Bool)
        /// A bucket for templates was made.
        case bucketCreated(String)
        /// The template was put into a bucket.
        case uploaded(url: String)
        /// The stack exists already and is this configuration's.
        case found(Stack)
        /// CloudFormation is working out the changes.
        case changeSetCreated(name: String)
        /// What would change.
        case changes(ChangeReport)
        /// No change set is used, and why.
        case withoutChangeSet(reason: String)
        /// CloudFormation took the call.
        case submitted(stackID: String)
        /// The stack is followed from now on.
        case follows(WatchBoard)
        /// Something happened to the stack.
        case watching(StackWatch.Progress)
        /// What CloudFormation does not look at was looked at.
        case checked([ReadyCheck])
    }

    /// What came of it.
    public struct Outcome: Codable, Sendable {
        /// The record's folder; `nil` when the stack was there already.
        public var record: String?
        /// The stack's name.
        public var stackName: String
        /// The region.
        public var region: String
        /// The stack's ARN; `nil` in a dry run.
        public var stackID: String?
        /// The stack's last status; `nil` when nobody waited.
        public var status: String?
        /// The stack's outputs.
        public var outputs: [String: String]
        /// What the change set did; `nil` without one.
        public var changes: ChangeReport?
        /// How nodes, add-ons and file systems were after a wait; `nil` when nobody waited.
        public var checks: [ReadyCheck]?
        /// Whether the stack was as the configuration wants it already.
        public var isUnchanged: Bool?
        /// What became of the policy that the stack leaves out; `nil` where it was not applied.
        public var taskGovernance: ApplyPolicy.Outcome?

        private enum CodingKeys: String, CodingKey {
            case record
            case stackName = "stack_name"
            case region
            case stackID = "stack_id"
            case status, outputs, changes, checks
            case isUnchanged = "is_unchanged"
            case taskGovernance = "task_governance"
        }
    }
}

/// A resource that is there already and becomes part of the stack: `LogicalID=Property=value`.
public struct ImportedResource: Sendable, Equatable, Codable {
    /// The name in the template.
    public var logicalID: String
    /// The properties that identify it, such as `BucketName`.
    public var identifier: [String: String]

    private enum CodingKeys: String, CodingKey {
        case logicalID = "logical_id"
        case identifier
    }

    /// Reads `LogicalID=Property=value[,Property=value…]`; `nil` when the text is not of that form.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        var identifier: [String: String] = [:]
        for pair in parts[1].split(separator: ",") {
            let sides = pair.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { return nil }
            identifier[String(sides[0])] = String(sides[1])
        }
        guard !identifier.isEmpty else { return nil }
        logicalID = String(parts[0])
        self.identifier = identifier
    }
}

extension Submission {
    /// Compiles a configuration, checks what the command line adds to it, and does something with it.
    static func run(
        _ operation: Operation, _ request: Request, host: Host, progress: @escaping @Sendable (Progress) -> Void,
        submit: (SubmissionRun, Compilation) async throws -> Outcome
    ) async throws -> Outcome {
        var compilation = try Compiler.compile(
            request.project, region: HostedCompiler.region(request.project, request.connection, host))
        let settings = SubmissionSettings(
            compilation.stack, name: request.stackName, kind: compilation.config.kind?.name)
        try checkRegion(request, settings)
        try checkName(settings)
        progress(.compiled(compilation))
        if !request.isDryRun {
            compilation = try await compilation.withPublishedTemplate(
                version: request.templateVersion, request.connection, host)
        }
        let submitted = compilation
        try checkImport(request, settings, operation)
        let run = SubmissionRun(
            operation: operation, request: request, config: compilation.config, evaluated: compilation.evaluated,
            map: try TemplateMap(compilation.submittedTemplate), settings: settings, host: host, progress: progress)
        return try await WorkflowError.wrapping {
            request.isDryRun ? try run.recordOnly(submitted) : try await submit(run, submitted)
        }
    }

    /// The template holds what belongs to one region, so it cannot be sent to another.
    private static func checkRegion(_ request: Request, _ settings: SubmissionSettings) throws {
        guard let region = request.connection.region, region != settings.region else { return }
        throw WorkflowError(
            .invalidInput,
            ProjectRule.otherRegion.error(
                "the configuration is for \(settings.region), not for \(region)",
                fix: "stackgen configure region=\(region), or leave --region out"))
    }

    /// The direct call imports nothing.
    private static func checkImport(
        _ request: Request, _ settings: SubmissionSettings, _ operation: Operation
    ) throws {
        guard request.importsExisting else { return }
        guard request.usesChangeSet else {
            throw WorkflowError(.usage, "--import-existing-resources needs a change set, which --no-change-set forgoes")
        }
        guard operation == .create, settings.timeoutInMinutes != nil else { return }
        throw WorkflowError(
            .usage, "--import-existing-resources needs a change set, and stack.timeout_minutes the direct call",
            advice: ["stackgen configure --unset stack.timeout_minutes"])
    }

    /// A name from the configuration was checked with it; one from the command line is checked here.
    private static func checkName(_ settings: SubmissionSettings) throws {
        guard StackName(checking: settings.name) == nil else { return }
        throw WorkflowError(
            .usage,
            ProjectRule.unlawfulName.error(
                "`\(settings.name)` is no stack name",
                fix: "letters, digits and hyphens, a letter first, at most 128"))
    }
}
