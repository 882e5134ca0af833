public import Foundation

/// An access key with what belongs to it. No way of printing it shows the secret or the token.
public struct Credentials: Sendable, Equatable {
    /// The access key id, such as `AKIA…` or `ASIA…`; it is not a secret.
    public let accessKeyID: String
    /// The secret access key.
    public let secretAccessKey: String
    /// The session token of temporary credentials.
    public let sessionToken: String?
    /// When they stop working; nil when they do not.
    public let expiration: Date?
    /// The account, where the source tells it.
    public let accountID: String?
    /// Where they come from, for people: `environment variables`, `profile dev (…)`.
    public let source: String

    /// Makes credentials.
    public init(
        accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Date? = nil,
        accountID: String? = nil, source: String
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.accountID = accountID
        self.source = source
    }

    /// Whether they still work for at least so many seconds after a moment.
    public func isUsable(at date: Date, forAtLeast seconds: TimeInterval = 0) -> Bool {
        guard let expiration else { return true }
        return expiration.timeIntervalSince(date) > seconds
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The last four characters of the key id and the source.
    public var description: String { "Credentials(…\(accessKeyID.suffix(4)), from \(source))" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// Only the source, so that dumping shows no secret.
    public var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
