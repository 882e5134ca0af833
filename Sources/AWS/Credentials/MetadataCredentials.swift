import Foundation

/// The JSON document that container and instance metadata services answer with.
struct MetadataCredentials: Decodable {
    let accessKeyID: String
    let secretAccessKey: String
    let token: String
    let expiration: String
    let accountID: String?

    enum CodingKeys: String, CodingKey {
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
        case accountID = "AccountId"
    }

    /// Reads an answer; nil when it is not such a document.
    static func read(_ body: Data, source: String) -> Credentials? {
        guard let document = try? JSONDecoder().decode(MetadataCredentials.self, from: body) else { return nil }
        guard let expiration = Timestamp.parseISO8601(document.expiration) else { return nil }
        return Credentials(
            accessKeyID: document.accessKeyID, secretAccessKey: document.secretAccessKey,
            sessionToken: document.token, expiration: expiration, accountID: document.accountID, source: source)
    }
}
