internal import AWS
internal import Foundation

/// Tells whose credentials are used, where, and where each of that was found.
public enum WhoAmI {
    /// The caller.
    public struct Caller: Codable, Sendable, Equatable {
        /// The account, 12 digits.
        public var account: String
        /// The ARN of the user, the assumed role or the account.
        public var arn: String
        /// The unique id of the identity.
        public var userID: String
        /// The region that calls go to.
        public var region: Setting
        /// The profile of the shared files.
        public var profile: Setting
        /// The credentials, without any secret.
        public var credentials: Key
        /// Where the calls of STS go; only when a person chose the address.
        public var endpoint: Setting?

        private enum CodingKeys: String, CodingKey {
            case account, arn
            case userID = "user_id"
            case region, profile, credentials, endpoint
        }
    }

    /// A value with the place that it was given at: a variable, an option, or a file and line.
    public struct Setting: Codable, Sendable, Equatable {
        /// The value.
        public var value: String
        /// The place.
        public var source: String
    }

    /// Credentials as they may be shown.
    public struct Key: Codable, Sendable, Equatable {
        /// Where they came from.
        public var source: String
        /// The last four characters of the access key id, as AWS's own tools show it.
        public var accessKeySuffix: String
        /// When they end, ISO 8601; `nil` when they do not, or their source does not tell.
        public var expiresAt: String?

        private enum CodingKeys: String, CodingKey {
            case source
            case accessKeySuffix = "access_key_suffix"
            case expiresAt = "expires_at"
        }
    }

    /// Asks STS, which answers every caller.
    /// - Throws: `WorkflowError` when there are no credentials or they do not work.
    public static func ask(_ connection: ConnectionOptions, host: Host) async throws -> Caller {
        do {
            let client = try host.connect(connection)
            let credentials = try await client.credentials()
            let identity = try await client.send(GetCallerIdentityInput())
            let configuration = client.configuration
            let endpoint = configuration.endpoint(for: .sts)
            return Caller(
                account: identity.account, arn: identity.arn, userID: identity.userID,
                region: Setting(configuration.region), profile: Setting(configuration.profile),
                credentials: Key(
                    source: credentials.source,
                    accessKeySuffix: String(credentials.accessKeyID.suffix(4)),
                    expiresAt: credentials.expiration?.formatted(.iso8601)),
                endpoint: endpoint.isCustom ? Setting(value: "\(endpoint.url)", source: endpoint.source) : nil)
        } catch {
            throw WorkflowError(error)
        }
    }
}

extension WhoAmI.Setting {
    fileprivate init(_ sourced: Sourced<String>) { self.init(value: sourced.value, source: sourced.source) }
}
