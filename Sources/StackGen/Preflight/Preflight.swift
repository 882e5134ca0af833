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
        /// The stack that is there already, of whose update only what it adds was judged; `nil` for a new stack.
        public let updatedStack: String?
        /// The checks in their order.
        public let checks: [Check]

        /// Every finding, in the order of the checks.
        public var diagnostics: [Diagnostic] { checks.flatMap(\.diagnostics) }

        /// Whether something has to be mended before the stack can come up.
        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

        /// Ends what was begun where something has to be mended; nothing was sent until here.
        /// - Throws: `WorkflowError` of cause `preflight` with every error.
        public func require() throws {
            guard hasErrors else { return }
            throw WorkflowError(
                .preflight, diagnostics.filter { $0.severity == .error },
                advice: ["nothing was sent; to go on all the same: --no-preflight"])
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

    /// Compiles a project and checks it: for a new stack, or for the update of one of ours that is there.
    /// - Throws: `DiagnosticError` for invalid input, otherwise `WorkflowError`; findings are in the report.
    public static func run(_ request: Request, host: Host) async throws -> Report {
        let compilation = try Compiler.compile(request.project, region: request.connection.region)
        do {
            let client = try host.connect(request.connection, configRegion: compilation.stack.region.text)
            let settings = SubmissionSettings(compilation.stack, name: nil, kind: compilation.config.kind?.name)
            let stack = try await ownStack(settings.name, client)
            return try await check(compilation, client, host, updating: stack)
        } catch {
            throw WorkflowError(error)
        }
    }

    /// The stack that an update would change; who may not ask for it is told of a new one.
    private static func ownStack(_ name: String, _ client: AWSClient) async throws -> Stack? {
        do {
            guard let stack = try await client.stack(name), Stacks.isOurs(stack) else { return nil }
            let isThere = stack.status.isUpdatable || stack.status.isInProgress
            return isThere && stack.status != .reviewInProgress ? stack : nil
        } catch let error as AWSServiceError where error.isAccessDenied {
            return nil
        }
    }

    /// Checks what a project was compiled to.
    /// - Parameters:
    ///   - stack: the stack that is to be changed; `nil` for a new one.
    ///   - importsExisting: whether CloudFormation takes in what is there under the template's names.
    /// - Throws: what reaching AWS throws; a refusal of one question is a note of the report.
    public static func check(
        _ compilation: Compilation, _ client: AWSClient, _ host: Host, updating stack: Stack? = nil,
        importsExisting: Bool = false
    ) async throws -> Report {
        let identity = try await client.send(GetCallerIdentityInput())
        var standing: StandingStack?
        if let stack { standing = try await StandingStack(stack, compilation, client) }
        let subject = PreflightSubject(
            compilation: compilation, client: client, host: host, identity: identity, standing: standing,
            importsExisting: importsExisting)
        let results = try await withThrowingTaskGroup(of: (Int, Check).self) { group in
            for (index, check) in PreflightCheck.all(isUpdate: standing != nil).enumerated() {
                group.addTask { (index, Check(name: check.name, diagnostics: try await check.findings(subject))) }
            }
            return try await group.reduce(into: [Int: Check]()) { $0[$1.0] = $1.1 }
        }
        return Report(
            account: identity.account, callerARN: identity.arn, region: client.configuration.region.value,
            updatedStack: standing?.name, checks: results.sorted { $0.key < $1.key }.map(\.value))
    }
}

/// One question to AWS, or a few that belong together.
struct PreflightCheck: Sendable {
    let name: String
    let run: @Sendable (PreflightSubject) async throws -> [Diagnostic]

    /// The checks for a new stack or an update, in the order in which they are told.
    static func all(isUpdate: Bool) -> [PreflightCheck] { (isUpdate ? [.deployed] : []) + all }

    private static let all: [PreflightCheck] = [
        .accounts, .permissions, .resourceTypes, .names, .zones, .offerings, .instanceQuotas, .networkQuotas,
        .network, .securityGroups, .cluster, .buckets, .keys, .roles, .helmChart, .fileSystem,
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
