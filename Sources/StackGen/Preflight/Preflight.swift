public import AWS
public import Diagnostics
internal import Foundation
internal import StackSchemas

/// Checks what only AWS knows, with the caller's credentials, before anything is sent.
///
///     let report = try await Preflight.run(Preflight.Request(project: Project(path: ".")), host: .live())
///     for diagnostic in report.diagnostics { … }
///
/// Nothing is created or changed. What the caller may not ask is a note, not a failure.
public enum Preflight {
    /// What a caller wants.
    public struct Request: Sendable {
        /// The project.
        public var project: Project
        /// How AWS is reached.
        public var connection: ConnectionOptions

        /// A request for a project.
        public init(project: Project, connection: ConnectionOptions = ConnectionOptions()) {
            self.project = project
            self.connection = connection
        }
    }

    /// What was found.
    public struct Report: Sendable {
        /// The caller's account.
        public let account: String
        /// The caller.
        public let callerARN: String
        /// The region.
        public let region: String
        /// The checks in their order.
        public let checks: [Check]

        /// Every finding, in the order of the checks.
        public var diagnostics: [Diagnostic] { checks.flatMap(\.diagnostics) }

        /// Whether something has to be mended before the stack can come up.
        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

        /// Ends what was begun where something has to be mended; nothing was sent until here.
        /// - Throws: `WorkflowError` of cause `preflight` with every finding.
        public func require() throws {
            guard hasErrors else { return }
            throw WorkflowError(
                .preflight, diagnostics, advice: ["to go on without these checks: stackgen create --no-preflight"])
        }
    }

    /// One check.
    public struct Check: Sendable {
        /// How it ended.
        public enum Status: String, Sendable, Codable {
            /// Asked, and all is well.
            case passed
            /// Asked, and something has to be mended.
            case failed
            /// Asked, and something is doubtful.
            case doubtful
            /// Not, or not wholly, asked.
            case unasked
        }

        /// Its name, such as `instance quotas`.
        public let name: String
        /// What it found.
        public let diagnostics: [Diagnostic]

        /// How it ended.
        public var status: Status {
            switch diagnostics.map(\.severity).max() {
            case .error: .failed
            case .warning: .doubtful
            case .note where diagnostics.contains { $0.id == PreflightRule.notAsked.rawValue }: .unasked
            case .note, nil: .passed
            }
        }
    }

    /// Compiles a project and checks it.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; findings are in the report.
    public static func run(_ request: Request, host: Host) async throws -> Report {
        let compilation = try Compiler.compile(request.project, region: request.connection.region)
        do {
            let client = try host.connect(request.connection, configRegion: compilation.stack.region.text)
            return try await check(compilation, client)
        } catch {
            throw WorkflowError(error)
        }
    }

    /// Checks what a project was compiled to.
    /// - Throws: what reaching AWS throws; a refusal of one question is a note of the report.
    public static func check(_ compilation: Compilation, _ client: AWSClient) async throws -> Report {
        let identity = try await client.send(GetCallerIdentityInput())
        let subject = PreflightSubject(compilation: compilation, client: client, identity: identity)
        let results = try await withThrowingTaskGroup(of: (Int, Check).self) { group in
            for (index, check) in PreflightCheck.all.enumerated() {
                group.addTask { (index, Check(name: check.name, diagnostics: try await check.findings(subject))) }
            }
            return try await group.reduce(into: [Int: Check]()) { $0[$1.0] = $1.1 }
        }
        return Report(
            account: identity.account, callerARN: identity.arn, region: client.configuration.region.value,
            checks: results.sorted { $0.key < $1.key }.map(\.value))
    }
}

/// One question to AWS, or a few that belong together.
struct PreflightCheck: Sendable {
    let name: String
    let run: @Sendable (PreflightSubject) async throws -> [Diagnostic]

    /// All checks, in the order in which they are told.
    static let all: [PreflightCheck] = [
        .accounts, .permissions, .resourceTypes, .zones, .offerings, .instanceQuotas, .networkQuotas, .network,
        .securityGroups, .cluster, .buckets, .keys, .roles, .helmChart, .fileSystem,
    ]

    /// What the check finds; a refusal becomes a note.
    func findings(_ subject: PreflightSubject) async throws -> [Diagnostic] {
        do {
            return try await run(subject)
        } catch let error as AWSServiceError {
            return [subject.unasked("\(name) were not checked", because: error.description)]
        } catch let error as DecodingFailure {
            return [subject.unasked("\(name) were not checked", because: error.description)]
        }
    }
}
