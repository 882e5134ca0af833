/// `role_arn` of a profile with `source_profile` or `credential_source`: asks STS for the role's credentials
/// with those of the source.
struct AssumeRoleProvider: CredentialsProvider {
    let profile: SharedConfiguration.Profile
    let context: CredentialsContext
    /// The profiles that led here, to find circles.
    var visited: [String] = []

    var name: String { "role of profile \(profile.name)" }

    func credentials() async throws -> Credentials? {
        guard let roleARN = profile["role_arn"], profile["web_identity_token_file"] == nil else { return nil }
        let source = try await sourceCredentials()
        var input = AssumeRoleInput(
            roleARN: roleARN, roleSessionName: profile["role_session_name"] ?? context.roleSessionName)
        input.externalID = profile["external_id"]
        input.durationSeconds = try profile.durationSeconds(source: name)
        if let device = profile["mfa_serial"] {
            input.serialNumber = device
            input.tokenCode = try await code(of: device)
        }
        let output: RoleCredentials
        do {
            output = try await context.sts(signedBy: StaticProvider(source)).send(input)
        } catch let error as AWSServiceError {
            throw CredentialsError.unavailable(source: name, problem: error.description, advice: nil)
        }
        return output.credentials(source: "\(name) (\(roleARN))")
    }

    private func code(of device: String) async throws -> String {
        guard let ask = context.host.askForCode else {
            throw CredentialsError.unavailable(
                source: name, problem: "the role asks for a code of \(device), and nobody can be asked here",
                advice: "Run it on a terminal, or use `aws configure export-credentials --profile \(profile.name)`")
        }
        return try await ask(device)
    }

    private func sourceCredentials() async throws -> Credentials {
        let provider = try sourceProvider()
        guard let credentials = try await provider.credentials() else {
            throw CredentialsError.unavailable(
                source: name, problem: "its source, \(provider.name), has no credentials", advice: nil)
        }
        return credentials
    }

    private func sourceProvider() throws -> any CredentialsProvider {
        switch (profile["source_profile"], profile["credential_source"]) {
        case (nil, nil):
            throw wrong("`role_arn` needs `source_profile` or `credential_source`")
        case (.some, .some):
            throw wrong("`source_profile` and `credential_source` exclude each other")
        case (nil, let source?):
            return try namedSource(source)
        case (let source?, nil):
            return try profileSource(source)
        }
    }

    private func namedSource(_ source: String) throws -> any CredentialsProvider {
        switch source.lowercased() {
        case "environment": return EnvironmentProvider(host: context.host)
        case "ecscontainer": return ContainerProvider(host: context.host, transport: context.transport)
        case "ec2instancemetadata": return InstanceMetadataProvider(context: context)
        default: throw wrong("`credential_source` is not Environment, EcsContainer or Ec2InstanceMetadata")
        }
    }

    private func profileSource(_ source: String) throws -> any CredentialsProvider {
        guard let sourceProfile = context.configuration.shared.profiles[source] else {
            throw wrong("its source_profile `\(source)` does not exist")
        }
        let keys = CredentialsChain.keys(of: sourceProfile, context: context)
        // A profile may be its own source when it holds keys.
        if source == profile.name { return CredentialsChain(providers: keys) }
        guard !visited.contains(source) else {
            throw wrong(
                "the source profiles go in a circle: \((visited + [profile.name, source]).joined(separator: " → "))")
        }
        let role = AssumeRoleProvider(profile: sourceProfile, context: context, visited: visited + [profile.name])
        let hasKeys = sourceProfile["aws_access_key_id"] != nil
        return CredentialsChain(
            providers: hasKeys ? keys : [role] + CredentialsChain.afterRole(of: sourceProfile, context: context))
    }

    private func wrong(_ problem: String) -> CredentialsError {
        .misconfigured(source: name, problem: problem)
    }
}

extension SharedConfiguration.Profile {
    /// `duration_seconds`, 900 to 43,200 (AWS STS API Reference, AssumeRole); nil when it is not there.
    func durationSeconds(source: String) throws -> Int? {
        guard let text = self["duration_seconds"] else { return nil }
        guard let seconds = Int(text), (900...43_200).contains(seconds) else {
            throw CredentialsError.misconfigured(
                source: source, problem: "`duration_seconds` is not a whole number from 900 to 43200")
        }
        return seconds
    }
}
