internal import AWS

/// The stack that a command is about, and how to reach it.
public struct StackReference: Sendable {
    /// The stack's name or ARN.
    public var nameOrID: String
    /// How AWS is reached.
    public var connection: ConnectionOptions
    /// The region of the configuration that names the stack, where there is one.
    public var configRegion: String?

    /// A stack by its name or ARN. An ARN says its region itself.
    public init(_ nameOrID: String, _ connection: ConnectionOptions, configRegion: String? = nil) {
        self.nameOrID = nameOrID
        self.connection = connection
        let parts = nameOrID.split(separator: ":", omittingEmptySubsequences: false)
        self.configRegion = configRegion ?? (parts.count > 5 && parts[0] == "arn" ? String(parts[3]) : nil)
    }

    /// A client for the stack's region.
    func connect(_ host: Host) throws -> AWSClient {
        try host.connect(connection, configRegion: configRegion)
    }

    /// The stack, which has to be there and ours.
    func own(_ client: AWSClient) async throws -> Stack { try await Stacks.own(nameOrID, client) }
}
