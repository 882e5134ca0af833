/// What a caller decides about talking to AWS; nil leaves it to the environment and the shared files.
public struct ClientOptions: Sendable, Equatable {
    /// The region, with the place it was given at, such as `--region` or `config.yaml`.
    public var region: Sourced<String>?
    /// The profile (`--profile`). When it is given, credentials in environment variables are not used.
    public var profile: String?
    /// The endpoint of every service (`--endpoint-url`).
    public var endpointURL: String?
    /// Whether plain http is allowed to other machines.
    public var allowsPlainHTTP: Bool
    /// How long all calls of the client may take together, in seconds; nil for as long as it takes.
    public var deadline: Double?
    /// The text of the `User-Agent` header.
    public var userAgent: String

    /// Makes options.
    public init(
        region: Sourced<String>? = nil, profile: String? = nil, endpointURL: String? = nil,
        allowsPlainHTTP: Bool = false, deadline: Double? = nil, userAgent: String = "stackgen"
    ) {
        self.region = region
        self.profile = profile
        self.endpointURL = endpointURL
        self.allowsPlainHTTP = allowsPlainHTTP
        self.deadline = deadline
        self.userAgent = userAgent
    }
}
