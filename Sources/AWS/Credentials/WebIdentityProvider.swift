import Foundation

/// A token file exchanged at STS for a role's credentials: `AWS_WEB_IDENTITY_TOKEN_FILE` with `AWS_ROLE_ARN`,
/// or `web_identity_token_file` with `role_arn` in the profile. CI runners and EKS service accounts use it.
struct WebIdentityProvider: CredentialsProvider {
    let profile: SharedConfiguration.Profile?
    /// False when a profile was chosen by an option.
    let readsEnvironment: Bool
    let context: CredentialsContext

    var name: String { "web identity token" }

    func credentials() async throws -> Credentials? {
        guard let tokenFile = setting("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return nil }
        guard let roleARN = setting("AWS_ROLE_ARN", "role_arn") else {
            throw CredentialsError.misconfigured(
                source: name, problem: "there is a token file but no role (AWS_ROLE_ARN or `role_arn`)")
        }
        let input = AssumeRoleWithWebIdentityInput(
            roleARN: roleARN,
            roleSessionName: setting("AWS_ROLE_SESSION_NAME", "role_session_name") ?? context.roleSessionName,
            webIdentityToken: try token(in: tokenFile),
            durationSeconds: try profile?.durationSeconds(source: name))
        do {
            return try await context.sts(signedBy: nil).send(input).credentials(source: "\(name) (\(roleARN))")
        } catch let error as AWSServiceError {
            throw CredentialsError.unavailable(source: name, problem: error.description, advice: nil)
        }
    }

    private func token(in file: String) throws -> String {
        let path = context.host.expandingTilde(file)
        guard let data = try? context.host.readFile(path), let text = String(bytes: data, encoding: .utf8) else {
            throw CredentialsError.unavailable(
                source: name, problem: "the token file \(path) cannot be read", advice: nil)
        }
        return text
    }

    private func setting(_ variable: String, _ key: String) -> String? {
        (readsEnvironment ? context.host.variable(variable) : nil) ?? profile?[key]
    }
}
