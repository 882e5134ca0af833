internal import Foundation

/// The settings for talking to AWS, resolved from options, environment variables and the shared files.
///
///     let configuration = try ClientConfiguration(resolving: options, host: .live(variables: environment))
///     print(configuration.region.value, "from", configuration.region.source)
///
/// The order of places is that of the AWS CLI: option, environment variable, profile.
public struct ClientConfiguration: Sendable {
    /// The region and where it was given.
    public let region: Sourced<String>
    /// The profile's name and where it was given; `default` from `default` when it was not.
    public let profile: Sourced<String>
    /// Whether the profile was chosen by an option, which puts credentials in variables aside.
    public let isProfileExplicit: Bool
    /// Whether endpoints with FIPS 140 cryptography are used.
    public let usesFIPS: Bool
    /// Whether endpoints that also speak IPv6 are used.
    public let usesDualStack: Bool
    /// How often one call is tried at most, 1 or more.
    public let maximumAttempts: Int
    /// Seconds that one attempt may take, answer included; from `STACKGEN_ATTEMPT_TIMEOUT`, else 60.
    public let attemptTimeout: Double
    /// A file of certificate authorities (PEM) in place of the system's; from `AWS_CA_BUNDLE` or `ca_bundle`. Take
    /// `CurlTransport` for it: FoundationNetworking has no way to use one.
    public let certificateBundle: Sourced<String>?
    /// How long all calls of a client may take together, in seconds; nil for as long as it takes.
    public let deadline: Double?
    /// The text of the `User-Agent` header.
    public let userAgent: String
    /// The shared files.
    public let shared: SharedConfiguration
    private let customEndpoints: [String: Endpoint]

    /// Resolves the settings.
    ///
    /// - Throws: `ConfigurationError` for the first setting that cannot be used.
    public init(resolving options: ClientOptions, host: HostEnvironment) throws {
        let shared = try SharedConfiguration(reading: host)
        let profile = try Self.profile(options, host: host, shared: shared)
        let lookup = SettingLookup(host: host, profile: profile.value, shared: shared)
        let region = try Self.region(options, lookup)

        self.shared = shared
        self.profile = profile
        self.region = region
        isProfileExplicit = options.profile != nil
        usesFIPS = try lookup.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        usesDualStack = try lookup.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
        maximumAttempts = try Self.maximumAttempts(lookup)
        attemptTimeout = try Self.attemptTimeout(lookup)
        certificateBundle = try Self.certificateBundle(lookup)
        deadline = options.deadline
        userAgent = options.userAgent
        customEndpoints = try CustomEndpoints(options: options, lookup: lookup).resolve(region: region.value)
    }

    /// Where the requests to a service go.
    public func endpoint(for service: AWSService) -> Endpoint {
        if let custom = customEndpoints[service.id] { return custom }
        let host = service.host(region: region.value, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
        return Endpoint(
            url: HTTPURL(scheme: "https", host: host), region: service.signingRegion(region.value), isCustom: false,
            source: "AWS")
    }

    /// The partition of the region.
    public var partition: Partition { Partition.containing(region: region.value) }
}

extension ClientConfiguration {
    private static func profile(
        _ options: ClientOptions, host: HostEnvironment, shared: SharedConfiguration
    ) throws -> Sourced<String> {
        let candidates = [
            options.profile.map { Sourced($0, source: "--profile") },
            host.variable("AWS_PROFILE").map { Sourced($0, source: "AWS_PROFILE") },
            host.variable("AWS_DEFAULT_PROFILE").map { Sourced($0, source: "AWS_DEFAULT_PROFILE") },
        ]
        guard let chosen = candidates.compactMap({ $0 }).first else { return Sourced("default", source: "default") }
        guard shared.profiles[chosen.value] != nil else {
            throw ConfigurationError.profileMissing(chosen.value, source: chosen.source)
        }
        return chosen
    }

    private static func region(_ options: ClientOptions, _ lookup: SettingLookup) throws -> Sourced<String> {
        let found =
            options.region ?? lookup.variable("AWS_REGION") ?? lookup.text("AWS_DEFAULT_REGION", "region")
        guard let found else { throw ConfigurationError.regionMissing }
        // The region becomes part of a host name, so nothing but a host label may pass.
        guard found.value.wholeMatch(of: #/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/#) != nil else {
            throw ConfigurationError.regionInvalid(found.value, source: found.source)
        }
        return found
    }

    private static func certificateBundle(_ lookup: SettingLookup) throws -> Sourced<String>? {
        guard let bundle = lookup.text("AWS_CA_BUNDLE", "ca_bundle") else { return nil }
        let path = lookup.host.expandingTilde(bundle.value)
        // What is there but is no text of certificates would only be told as a refused handshake.
        guard let data = try? lookup.host.readFile(path), data.firstRange(of: Data("-----BEGIN".utf8)) != nil else {
            throw ConfigurationError.valueInvalid(
                name: "the certificate bundle `\(bundle.value)`", source: bundle.source,
                expected: "a file of certificates in PEM that can be read")
        }
        return Sourced(path, source: bundle.source)
    }

    private static func attemptTimeout(_ lookup: SettingLookup) throws -> Double {
        guard let text = lookup.variable("STACKGEN_ATTEMPT_TIMEOUT") else { return 60 }
        guard let seconds = Double(text.value), (0.1...3_600).contains(seconds) else {
            throw ConfigurationError.valueInvalid(
                name: "the time for an attempt", source: text.source, expected: "seconds from 0.1 to 3600")
        }
        return seconds
    }

    private static func maximumAttempts(_ lookup: SettingLookup) throws -> Int {
        let mode = lookup.text("AWS_RETRY_MODE", "retry_mode")
        if let mode, !["standard", "adaptive", "legacy"].contains(mode.value) {
            throw ConfigurationError.valueInvalid(
                name: "the retry mode", source: mode.source, expected: "standard, adaptive or legacy")
        }
        // The number of the AWS CLI for each mode. All of them wait and repeat here as `standard` does.
        let standard = mode?.value == "legacy" ? 5 : 3
        guard let text = lookup.text("AWS_MAX_ATTEMPTS", "max_attempts") else { return standard }
        guard let attempts = Int(text.value), (1...100).contains(attempts) else {
            throw ConfigurationError.valueInvalid(
                name: "the number of attempts", source: text.source, expected: "a whole number from 1 to 100")
        }
        return attempts
    }
}
