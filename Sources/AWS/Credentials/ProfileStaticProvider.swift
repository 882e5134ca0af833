/// `aws_access_key_id`, `aws_secret_access_key` and `aws_session_token` of a profile in one shared file.
struct ProfileStaticProvider: CredentialsProvider {
    /// Which of the two files is read.
    enum File {
        case credentials
        case config
    }

    let profile: SharedConfiguration.Profile
    let file: File
    let path: String

    var name: String { "profile \(profile.name) (\(path))" }

    func credentials() async throws -> Credentials? {
        let settings = file == .credentials ? profile.credentials : profile.config
        guard let accessKeyID = settings["aws_access_key_id"] else { return nil }
        guard let secret = settings["aws_secret_access_key"]?.value else {
            throw CredentialsError.misconfigured(
                source: name, problem: "`aws_access_key_id` is there but `aws_secret_access_key` is not")
        }
        return Credentials(
            accessKeyID: accessKeyID.value, secretAccessKey: secret,
            sessionToken: (settings["aws_session_token"] ?? settings["aws_security_token"])?.value,
            accountID: settings["aws_account_id"]?.value, source: "profile \(profile.name) (\(accessKeyID.place))")
    }
}
