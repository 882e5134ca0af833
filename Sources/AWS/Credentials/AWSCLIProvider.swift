/// Profiles that a person logs in to in a browser: IAM Identity Center (`sso_session`, `sso_start_url`) and
/// `aws login` (`login_session`). The AWS CLI holds the login, and hands out credentials for it.
struct AWSCLIProvider: CredentialsProvider {
    let profile: SharedConfiguration.Profile
    let shared: SharedConfiguration
    let host: HostEnvironment

    var name: String { "AWS CLI login of profile \(profile.name)" }

    func credentials() async throws -> Credentials? {
        guard let login = try loginCommand() else { return nil }
        let command = [
            "aws", "configure", "export-credentials", "--profile", profile.name, "--format", "process",
        ]
        guard let outcome = try? await host.run(command), outcome.status != 127 else {
            throw CredentialsError.unavailable(
                source: name, problem: "the AWS CLI, which holds this login, is not installed or not in PATH",
                advice: "Install AWS CLI version 2, then run `\(login)`")
        }
        guard outcome.status == 0 else {
            throw CredentialsError.unavailable(
                source: name, problem: "the AWS CLI gave none (status \(outcome.status)); the login may have ended",
                advice: "Run `\(login)`")
        }
        return try ProcessCredentials.read(outcome.output, source: name)
    }

    /// The command a person runs to log in; nil when the profile has no such login.
    private func loginCommand() throws -> String? {
        if let session = profile["sso_session"] {
            guard shared.ssoSessions[session] != nil else {
                throw CredentialsError.misconfigured(
                    source: name, problem: "[sso-session \(session)] is not in \(shared.configPath)")
            }
            return "aws sso login --profile \(profile.name)"
        }
        if profile["sso_start_url"] != nil { return "aws sso login --profile \(profile.name)" }
        if profile["login_session"] != nil { return "aws login --profile \(profile.name)" }
        return nil
    }
}
