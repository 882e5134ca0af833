/// Asks one source of credentials after the other, in the order of the AWS CLI:
/// environment variables, the profile's role, web identity, the profile's login (from the AWS CLI's cache, or by the AWS CLI), its keys in the
/// credentials file, its `credential_process`, its keys in the config file, the container, the EC2 instance.
///
/// A profile chosen by an option puts the environment variables aside.
/// Source: `create_credential_resolver` of botocore, on which the AWS CLI stands.
public struct CredentialsChain: CredentialsProvider {
    private let providers: [any CredentialsProvider]

    /// Makes a chain of given sources.
    public init(providers: [any CredentialsProvider]) {
        self.providers = providers
    }

    /// Makes the chain of the AWS CLI.
    public init(context: CredentialsContext) {
        let configuration = context.configuration
        let isExplicit = configuration.isProfileExplicit
        var providers: [any CredentialsProvider] = isExplicit ? [] : [EnvironmentProvider(host: context.host)]
        if let profile = configuration.shared.profiles[configuration.profile.value] {
            providers.append(AssumeRoleProvider(profile: profile, context: context))
            providers += Self.afterRole(of: profile, context: context, readsEnvironment: !isExplicit)
        } else {
            providers.append(WebIdentityProvider(profile: nil, readsEnvironment: !isExplicit, context: context))
        }
        providers.append(ContainerProvider(host: context.host, transport: context.transport))
        providers.append(InstanceMetadataProvider(context: context))
        self.providers = providers
    }

    /// The names of the sources.
    public var name: String { providers.map(\.name).joined(separator: ", ") }

    /// The credentials of the first source that has any; nil when none has.
    public func credentials() async throws -> Credentials? {
        for provider in providers {
            if let credentials = try await provider.credentials() { return credentials }
        }
        return nil
    }

    /// The sources of a profile that come after its role.
    static func afterRole(
        of profile: SharedConfiguration.Profile, context: CredentialsContext, readsEnvironment: Bool = false
    ) -> [any CredentialsProvider] {
        let shared = context.configuration.shared
        return [
            WebIdentityProvider(profile: profile, readsEnvironment: readsEnvironment, context: context),
            SSOProvider(profile: profile, context: context),
            AWSCLIProvider(profile: profile, shared: shared, host: context.host),
            ProfileStaticProvider(profile: profile, file: .credentials, path: shared.credentialsPath),
            ProcessProvider(profile: profile, host: context.host),
            ProfileStaticProvider(profile: profile, file: .config, path: shared.configPath),
        ]
    }

    /// The keys of a profile, in both files.
    static func keys(
        of profile: SharedConfiguration.Profile, context: CredentialsContext
    ) -> [any CredentialsProvider] {
        let shared = context.configuration.shared
        return [
            ProfileStaticProvider(profile: profile, file: .credentials, path: shared.credentialsPath),
            ProfileStaticProvider(profile: profile, file: .config, path: shared.configPath),
        ]
    }
}
