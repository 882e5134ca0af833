internal import Crypto
internal import Foundation

/// A login at IAM Identity Center that the AWS CLI keeps in `~/.aws/sso/cache`: its token is exchanged for the
/// credentials of `sso_account_id` and `sso_role_name`.
///
/// Nil when there is no login, or it has ended: `AWSCLIProvider` then asks the AWS CLI, which renews it or says what to
/// run. Source: "SSO credential provider", AWS SDKs and Tools Reference Guide.
struct SSOProvider: CredentialsProvider {
    /// With less than this left a token is not used any more, in seconds.
    private static let minimumRemaining: TimeInterval = 60
    let profile: SharedConfiguration.Profile
    let context: CredentialsContext

    var name: String { "IAM Identity Center login of profile \(profile.name)" }

    func credentials() async throws -> Credentials? {
        guard let login = try login(), let token = token(of: login) else { return nil }
        guard let account = profile["sso_account_id"], let role = profile["sso_role_name"] else {
            throw CredentialsError.misconfigured(
                source: name, problem: "`sso_account_id` or `sso_role_name` is missing in the profile")
        }
        let query = [("role_name", role), ("account_id", account)].map { "\($0)=\(PercentEncoding.encode($1))" }
        let request = HTTPRequest(
            method: "GET",
            url: endpoint(login).url(path: "/federation/credentials", query: query.joined(separator: "&")),
            headers: ["x-amz-sso_bearer_token": token], timeout: 30)
        let response: HTTPResponse
        do {
            response = try await context.transport.sendPatiently(request, attempts: 3)
        } catch let error as TransportError {
            throw CredentialsError.unavailable(source: name, problem: error.description, advice: nil)
        }
        // A token that was revoked is no login any more.
        if response.status == 401 { return nil }
        guard response.isSuccess, let credentials = credentials(in: response.body, account: account, role: role) else {
            throw CredentialsError.unavailable(
                source: name,
                problem: "\(request.url.authority) answered with status \(response.status) and no credentials of the "
                    + "role \(role) in \(account)", advice: "Does the login have this role? `aws sso login` lists it")
        }
        return credentials
    }

    private struct Login {
        /// What the name of the file in the cache is made of: the session, or the address of the portal.
        let cacheKey: String
        let region: String
    }

    private func login() throws -> Login? {
        if let session = profile["sso_session"] {
            guard let settings = context.configuration.shared.ssoSessions[session] else {
                throw CredentialsError.misconfigured(
                    source: name,
                    problem: "[sso-session \(session)] is not in \(context.configuration.shared.configPath)")
            }
            guard let region = settings["sso_region"]?.value else {
                throw CredentialsError.misconfigured(
                    source: name, problem: "[sso-session \(session)] has no `sso_region`")
            }
            return Login(cacheKey: session, region: region)
        }
        guard let start = profile["sso_start_url"], let region = profile["sso_region"] else { return nil }
        return Login(cacheKey: start, region: region)
    }

    /// The token of the cache, where it still works.
    private func token(of login: Login) -> String? {
        struct Cached: Decodable {
            let accessToken: String
            let expiresAt: String
        }
        let digest = Digest.hexadecimal(Insecure.SHA1.hash(data: Data(login.cacheKey.utf8)))
        let path = context.host.expandingTilde("~/.aws/sso/cache/\(digest).json")
        guard let data = try? context.host.readFile(path) else { return nil }
        guard let cached = try? JSONDecoder().decode(Cached.self, from: data) else { return nil }
        guard let end = Timestamp.parseISO8601(cached.expiresAt) else { return nil }
        return end.timeIntervalSince(context.host.now()) > Self.minimumRemaining ? cached.accessToken : nil
    }

    /// The portal of the login's region, which need not be the region of the calls.
    private func endpoint(_ login: Login) -> Endpoint {
        let chosen = context.configuration.endpoint(for: .sso)
        guard !chosen.isCustom else { return chosen }
        let configuration = context.configuration
        let host = AWSService.sso.host(
            region: login.region, usesFIPS: configuration.usesFIPS, usesDualStack: configuration.usesDualStack)
        return Endpoint(
            url: HTTPURL(scheme: "https", host: host), region: login.region, isCustom: false, source: "AWS")
    }

    private func credentials(in body: Data, account: String, role: String) -> Credentials? {
        struct Answer: Decodable {
            struct Keys: Decodable {
                let accessKeyId: String
                let secretAccessKey: String
                let sessionToken: String
                /// Milliseconds since 1970.
                let expiration: Double
            }
            let roleCredentials: Keys
        }
        guard let keys = try? JSONDecoder().decode(Answer.self, from: body).roleCredentials else { return nil }
        return Credentials(
            accessKeyID: keys.accessKeyId, secretAccessKey: keys.secretAccessKey, sessionToken: keys.sessionToken,
            expiration: Date(timeIntervalSince1970: keys.expiration / 1_000), accountID: account,
            source: "\(name) (role \(role) in \(account))")
    }
}
