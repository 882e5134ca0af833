/// Credentials that are already at hand.
public struct StaticProvider: CredentialsProvider {
    private let value: Credentials

    /// Makes a provider of given credentials.
    public init(_ credentials: Credentials) {
        value = credentials
    }

    /// Where the credentials say they come from.
    public var name: String { value.source }

    /// The given credentials.
    public func credentials() async throws -> Credentials? { value }
}
