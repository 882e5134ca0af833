public import AWS
internal import Diagnostics
public import Foundation
internal import StackSchemas

/// Compiles a configuration, records what came of it, and submits exactly that.
public enum CreateStack {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The project.
        public var project: Project
        /// How AWS is reached.
        public var connection = ConnectionOptions()
        /// The stack's name, in place of the configuration's.
        public var stackName: String?
        /// Stops before the network: compiles, verifies and records.
        public var isDryRun = false
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
        /// Leaves clock, caller and repository out of the record, so that it is the same everywhere.
        public var isReproducible = false

        /// A request to create a project's stack.
        public init(project: Project) {
            self.project = project
        }
    }

    /// What is told on the way.
    public enum Progress: Sendable {
        /// The configuration is valid and its template evaluated; warnings and notes come along.
        case compiled(Compilation)
        /// The record is complete; nothing was sent yet.
        case recorded(RunFolder, isResumed: Bool)
        /// A bucket for templates was made.
        case bucketCreated(String)
        /// The template was put into a bucket.
        case uploaded(url: String)
        /// The stack exists already and is this configuration's.
        case found(Stack)
        /// CloudFormation took the call.
        case submitted(stackID: String)
        /// Something happened to the stack.
        case watching(StackWatch.Progress)
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

        private enum CodingKeys: String, CodingKey {
            case record
            case stackName = "stack_name"
            case region
            case stackID = "stack_id"
            case status, outputs
        }
    }

    /// Creates a stack.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; nothing is sent unless the
    ///   record was complete before.
    public static func run(
        _ request: Request, host: Host, progress: @escaping @Sendable (Progress) -> Void
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
        let run = CreateRun(
            request: request, compilation: compilation, settings: settings, host: host, progress: progress)
        do {
            return request.isDryRun ? try run.recordOnly() : try await run.submit()
        } catch let error as DiagnosticError {
            throw error
        } catch {
            throw WorkflowError(error)
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
