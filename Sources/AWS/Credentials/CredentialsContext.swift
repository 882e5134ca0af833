/// What credential sources need to reach files, programs and STS.
public struct CredentialsContext: Sendable {
    /// The resolved settings.
    public let configuration: ClientConfiguration
    /// Files, programs, variables and the clock.
    public let host: HostEnvironment
    /// The way to metadata services and STS.
    public let transport: any HTTPTransport
    /// How the calls to STS are repeated and timed.
    public let pacing: Pacing
    /// The session name of an assumed role when the profile has none.
    public let roleSessionName: String

    /// Makes a context.
    public init(
        configuration: ClientConfiguration, host: HostEnvironment, transport: any HTTPTransport,
        pacing: Pacing = .live, roleSessionName: String = "stackgen"
    ) {
        self.configuration = configuration
        self.host = host
        self.transport = transport
        self.pacing = pacing
        self.roleSessionName = roleSessionName
    }

    var lookup: SettingLookup {
        SettingLookup(host: host, profile: configuration.profile.value, shared: configuration.shared)
    }

    /// A client for STS; nil credentials make calls that are not signed.
    func sts(signedBy provider: (any CredentialsProvider)?) -> AWSClient {
        AWSClient(
            configuration: configuration, credentials: provider.map { CredentialsCache($0, now: host.now) },
            transport: transport, pacing: pacing, now: host.now)
    }
}
