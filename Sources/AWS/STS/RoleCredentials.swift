import Foundation

/// What STS gives for a role.
public struct RoleCredentials: Sendable, Equatable {
    /// The ARN of the session.
    public let assumedRoleARN: String?
    private let accessKeyID: String
    private let secretAccessKey: String
    private let sessionToken: String
    private let expiration: Date

    /// Reads the result element of an operation; nil when something is missing.
    init?(_ result: XMLTree) {
        guard let credentials = result["Credentials"], let id = credentials.string("AccessKeyId"),
            let secret = credentials.string("SecretAccessKey"), let token = credentials.string("SessionToken"),
            let expiration = credentials.date("Expiration")
        else { return nil }
        accessKeyID = id
        secretAccessKey = secret
        sessionToken = token
        self.expiration = expiration
        assumedRoleARN = result.child("AssumedRoleUser", "Arn")?.text
    }

    /// The credentials, with a name for where they come from.
    public func credentials(source: String) -> Credentials {
        let account = assumedRoleARN?.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first
        return Credentials(
            accessKeyID: accessKeyID, secretAccessKey: secretAccessKey, sessionToken: sessionToken,
            expiration: expiration, accountID: account.map { String($0) }, source: source)
    }
}

extension RoleCredentials: CustomStringConvertible, CustomReflectable {
    /// The role only.
    public var description: String { "RoleCredentials(\(assumedRoleARN ?? "unknown role"))" }

    /// Only the role, so that dumping shows no secret.
    public var customMirror: Mirror { Mirror(self, children: ["assumedRoleARN": assumedRoleARN as Any]) }
}
