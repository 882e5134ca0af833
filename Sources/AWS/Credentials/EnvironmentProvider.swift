/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_CREDENTIAL_EXPIRATION`.
public struct EnvironmentProvider: CredentialsProvider {
    private let host: HostEnvironment

    /// Makes a provider that reads the given variables.
    public init(host: HostEnvironment) {
        self.host = host
    }

    /// The source's name.
    public var name: String { "environment variables" }

    /// Credentials when `AWS_ACCESS_KEY_ID` is set.
    ///
    /// - Throws: `CredentialsError.misconfigured` when the secret is missing or the expiration is no date.
    public func credentials() async throws -> Credentials? {
        guard let accessKeyID = host.variable("AWS_ACCESS_KEY_ID") else { return nil }
        guard let secret = host.variable("AWS_SECRET_ACCESS_KEY") else {
            throw CredentialsError.misconfigured(
                source: name, problem: "AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not")
        }
        let expirationText = host.variable("AWS_CREDENTIAL_EXPIRATION")
        let expiration = expirationText.flatMap(Timestamp.parseISO8601)
        guard expirationText == nil || expiration != nil else {
            throw CredentialsError.misconfigured(
                source: name, problem: "AWS_CREDENTIAL_EXPIRATION is not a date such as 2030-01-31T10:20:30Z")
        }
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secret,
            sessionToken: host.variable("AWS_SESSION_TOKEN") ?? host.variable("AWS_SECURITY_TOKEN"),
            expiration: expiration, source: name)
    }
}
