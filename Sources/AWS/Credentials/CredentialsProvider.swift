/// One source of credentials.
public protocol CredentialsProvider: Sendable {
    /// The source's name for people.
    var name: String { get }

    /// Asks the source.
    ///
    /// - Returns: nil when the source is not set up here, so that the next one is asked.
    /// - Throws: `CredentialsError` when it is set up but gives none.
    func credentials() async throws -> Credentials?
}
