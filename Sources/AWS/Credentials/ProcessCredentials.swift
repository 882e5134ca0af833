import Foundation

/// The JSON document that credential programs write, version 1.
///
/// Source: "Sourcing credentials with an external process", AWS CLI User Guide.
struct ProcessCredentials: Decodable {
    let version: Int
    let accessKeyID: String
    let secretAccessKey: String
    let sessionToken: String?
    let expiration: String?
    let accountID: String?

    enum CodingKeys: String, CodingKey {
        case version = "Version"
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case sessionToken = "SessionToken"
        case expiration = "Expiration"
        case accountID = "AccountId"
    }

    /// Reads a program's output.
    ///
    /// - Throws: `CredentialsError.unavailable`, which never quotes the output.
    static func read(_ output: Data, source: String) throws -> Credentials {
        guard let document = try? JSONDecoder().decode(ProcessCredentials.self, from: output) else {
            throw unusable(source, "the program's output is not the JSON document of a credential process")
        }
        guard document.version == 1 else {
            throw unusable(source, "the program's output has version \(document.version), only 1 is known")
        }
        let expiration = document.expiration.flatMap(Timestamp.parseISO8601)
        guard document.expiration == nil || expiration != nil else {
            throw unusable(source, "`Expiration` in the program's output is not an ISO 8601 date")
        }
        return Credentials(
            accessKeyID: document.accessKeyID, secretAccessKey: document.secretAccessKey,
            sessionToken: document.sessionToken, expiration: expiration, accountID: document.accountID,
            source: source)
    }

    private static func unusable(_ source: String, _ problem: String) -> CredentialsError {
        .unavailable(source: source, problem: problem, advice: nil)
    }
}
