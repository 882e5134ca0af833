public import AWS
internal import Foundation

/// What a caller decides about reaching AWS; the rest comes from where the AWS CLI takes it.
public struct ConnectionOptions: Sendable {
    /// The region (`--region`).
    public var region: String?
    /// The profile (`--profile`).
    public var profile: String?
    /// The address that every call goes to (`--endpoint-url`).
    public var endpointURL: String?
    /// Whether plain http is allowed to other machines (`--allow-plain-http`).
    public var allowsPlainHTTP: Bool
    /// How long the whole command may take (`--deadline`); a stack goes on without it.
    public var deadline: Duration?

    /// Options; `nil` leaves a choice to the environment and the shared files.
    public init(
        region: String? = nil, profile: String? = nil, endpointURL: String? = nil, allowsPlainHTTP: Bool = false
    ) {
        self.region = region
        self.profile = profile
        self.endpointURL = endpointURL
        self.allowsPlainHTTP = allowsPlainHTTP
    }
}

/// The world outside: everything with an effect, so that a test can put its own in place.
public struct Host: Sendable {
    /// Environment variables, files, programs and the clock.
    public var environment: HostEnvironment
    /// Makes the way out for a client.
    public var transport: @Sendable (ClientConfiguration) throws -> any HTTPTransport
    /// Waiting and chance.
    public var pacing: Pacing
    /// Asks a person a question that is answered with yes or no; `nil` where nobody can be asked.
    public var confirm: (@Sendable (_ question: String) -> Bool)?
    /// Tells a person what is no result.
    public var notice: @Sendable (_ text: String) -> Void

    /// A world made of its parts.
    public init(
        environment: HostEnvironment,
        transport: @escaping @Sendable (ClientConfiguration) throws -> any HTTPTransport,
        pacing: Pacing, confirm: (@Sendable (_ question: String) -> Bool)? = nil,
        notice: @escaping @Sendable (_ text: String) -> Void = { _ in }
    ) {
        self.environment = environment
        self.transport = transport
        self.pacing = pacing
        self.confirm = confirm
        self.notice = notice
    }

    /// This machine.
    public static func live(
        confirm: (@Sendable (_ question: String) -> Bool)? = nil,
        askForCode: (@Sendable (_ device: String) async throws -> String)? = nil,
        notice: @escaping @Sendable (_ text: String) -> Void = { _ in }
    ) -> Host {
        var environment = HostEnvironment.live(variables: ProcessInfo.processInfo.environment)
        environment.askForCode = askForCode
        return Host(
            environment: environment,
            transport: { configuration in
                guard let bundle = configuration.certificateBundle else { return LiveTransport() }
                return CurlTransport(certificateBundle: bundle.value)
            }, pacing: .live, confirm: confirm, notice: notice)
    }

    /// A client for the options, in the region of a configuration where there is one.
    /// - Throws: `WorkflowError` when the settings cannot be used.
    public func connect(_ options: ConnectionOptions, configRegion: String? = nil) throws -> AWSClient {
        let region =
            options.region.map { Sourced($0, source: "--region") }
            ?? configRegion.map { Sourced($0, source: Project.configName) }
        let clientOptions = ClientOptions(
            region: region, profile: options.profile, endpointURL: options.endpointURL,
            allowsPlainHTTP: options.allowsPlainHTTP,
            deadline: options.deadline.map { Double($0.components.seconds) },
            userAgent: "stackgen/\(StackGenVersion.current)")
        do {
            let configuration = try ClientConfiguration(resolving: clientOptions, host: environment)
            return AWSClient(
                configuration: configuration, host: environment, transport: try transport(configuration),
                pacing: pacing)
        } catch {
            throw WorkflowError(error)
        }
    }

    /// How long to wait between two looks at a stack. A service on this machine answers at once, so a local
    /// endpoint is asked more often.
    func pollInterval(_ client: AWSClient) -> Duration {
        client.configuration.endpoint(for: .cloudFormation).url.isLoopback ? .milliseconds(200) : .seconds(5)
    }

    /// How long to wait between two looks at a change set, which usually takes seconds.
    func changeSetInterval(_ client: AWSClient) -> Duration {
        min(pollInterval(client), .seconds(2))
    }

    /// The moment, in UTC: `2026-11-21T09:30:00Z`.
    func timestamp() -> String {
        environment.now().formatted(.iso8601)
    }
}

extension WorkflowError {
    /// Words for an error of the parts below.
    init(_ error: any Error) {
        switch error {
        case let error as WorkflowError: self = error
        case let error as ConfigurationError: self.init(.environment, error.description)
        case let error as CredentialsError: self.init(.environment, error.description)
        case let error as AWSServiceError: self.init(.service, error.description)
        case let error as DecodingFailure: self.init(.service, error.description)
        case let error as DeadlineExceeded:
            self.init(
                .timedOut, error.description,
                advice: ["what was begun goes on; the same command again, or stackgen watch, finds it"])
        case let error as TransportError: self.init(.machine, error.description)
        case let error as StackWaiterError:
            if case .timedOut = error {
                self.init(.timedOut, error.description)
            } else {
                self.init(.service, error.description)
            }
        default: self.init(.machine, Self.words(for: error))
        }
    }

    /// A file or folder that cannot be written, with the reason that the system gives.
    init(unwritable path: String, _ error: any Error) {
        if let error = error as? WorkflowError {
            self = error
        } else {
            self.init(.machine, ProjectRule.unwritable.error("`\(path)` cannot be written: \(Self.reason(of: error))"))
        }
    }

    /// Foundation's own sentence, with the path where there is one.
    private static func words(for error: any Error) -> String {
        let path = (error as NSError).userInfo[NSFilePathErrorKey] as? String
        return (path.map { "\($0): " } ?? "") + reason(of: error)
    }

    /// Whether the reader of a pipe has gone.
    public static func isBrokenPipe(_ error: any Error) -> Bool {
        let cocoa = error as NSError
        if let inner = cocoa.userInfo[NSUnderlyingErrorKey] as? any Error { return isBrokenPipe(inner) }
        return cocoa.domain == NSPOSIXErrorDomain && cocoa.code == Int(EPIPE)
    }

    /// The innermost reason: "Permission denied" says more than "You don't have permission to save the file".
    public static func reason(of error: any Error) -> String {
        let cocoa = error as NSError
        if let inner = cocoa.userInfo[NSUnderlyingErrorKey] as? any Error { return reason(of: inner) }
        if let posix = error as? POSIXError { return String(cString: strerror(posix.code.rawValue)) }
        return cocoa.localizedDescription
    }
}
