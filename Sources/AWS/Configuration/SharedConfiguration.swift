import Foundation

/// The profiles, SSO sessions and service sections of the shared config and credentials files.
///
/// Source: "Configuration and credential file settings in the AWS CLI", AWS CLI User Guide.
public struct SharedConfiguration: Sendable, Equatable {
    /// One profile: the settings of both files under its name.
    public struct Profile: Sendable, Equatable {
        /// The name; `default` when none is given.
        public let name: String
        /// Settings of the credentials file, keys in lower case.
        let credentials: [String: Setting]
        /// Settings of the config file, keys in lower case.
        let config: [String: Setting]

        /// A setting; for a key in both files the credentials file counts.
        public subscript(key: String) -> String? {
            (credentials[key] ?? config[key]).flatMap { $0.value.isEmpty ? nil : $0.value }
        }

        /// Where a setting stands, as `PATH:LINE`; nil when it is not there.
        public func place(of key: String) -> String? { (credentials[key] ?? config[key])?.place }
    }

    /// A setting with the place that it stands at.
    struct Setting: Sendable, Equatable {
        let value: String
        /// `PATH:LINE`.
        let place: String
    }

    /// Where the config file is.
    public let configPath: String
    /// Where the credentials file is.
    public let credentialsPath: String
    /// The profiles by name.
    public let profiles: [String: Profile]
    /// The `[services NAME]` sections: settings by service identifier, such as `s3`.
    let services: [String: [String: [String: String]]]
    /// The `[sso-session NAME]` sections.
    let ssoSessions: [String: [String: Setting]]

    /// Reads both files, named by `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` or in `~/.aws`; a file
    /// that does not exist is empty.
    ///
    /// - Throws: `ConfigurationError.unreadableFile`, or what reading the file throws.
    public init(reading host: HostEnvironment) throws {
        let configPath = host.expandingTilde(host.variable("AWS_CONFIG_FILE") ?? "~/.aws/config")
        let credentialsPath = host.expandingTilde(
            host.variable("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials")
        let config = try Self.document(configPath, host)
        let credentials = try Self.document(credentialsPath, host)
        let configProfiles = Self.configProfiles(config, path: configPath)
        let credentialProfiles = Dictionary(
            credentials.map { ($0.name, Self.settings($0, path: credentialsPath)) }, uniquingKeysWith: { $1 })

        var profiles: [String: Profile] = [:]
        for name in Set(configProfiles.keys).union(credentialProfiles.keys) {
            profiles[name] = Profile(
                name: name, credentials: credentialProfiles[name] ?? [:], config: configProfiles[name] ?? [:])
        }
        self.configPath = configPath
        self.credentialsPath = credentialsPath
        self.profiles = profiles
        services = Self.serviceSections(config)
        ssoSessions = Self.ssoSessions(config, path: configPath)
    }

    private static func document(_ path: String, _ host: HostEnvironment) throws -> [INIDocument.Section] {
        guard let data = try host.readFile(path) else { return [] }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw ConfigurationError.unreadableFile(path: path, line: 1, problem: "the file is not UTF-8")
        }
        return try INIDocument(text, file: path).sections
    }

    /// `[profile NAME]` and `[default]`; of `[default]` and `[profile default]` the one that stands last counts, as
    /// with the AWS CLI.
    private static func configProfiles(
        _ sections: [INIDocument.Section], path: String
    ) -> [String: [String: Setting]] {
        var profiles: [String: [String: Setting]] = [:]
        for section in sections {
            let name = section.name == "default" ? "default" : words(section.name, after: "profile")
            if let name { profiles[name] = settings(section, path: path) }
        }
        return profiles
    }

    private static func ssoSessions(
        _ sections: [INIDocument.Section], path: String
    ) -> [String: [String: Setting]] {
        var sessions: [String: [String: Setting]] = [:]
        for section in sections {
            if let name = words(section.name, after: "sso-session") { sessions[name] = settings(section, path: path) }
        }
        return sessions
    }

    private static func serviceSections(_ sections: [INIDocument.Section]) -> [String: [String: [String: String]]] {
        var services: [String: [String: [String: String]]] = [:]
        for section in sections {
            guard let name = words(section.name, after: "services") else { continue }
            services[name] = section.values.compactMapValues { value in
                if case .nested(let settings) = value { settings } else { nil }
            }
        }
        return services
    }

    private static func settings(_ section: INIDocument.Section, path: String) -> [String: Setting] {
        var settings: [String: Setting] = [:]
        for case (let key, .text(let text)) in section.values {
            settings[key] = Setting(value: text, place: "\(path):\(section.lines[key] ?? 0)")
        }
        return settings
    }

    /// The name after a section's keyword, which may stand in quotes; nil for another keyword.
    private static func words(_ section: String, after keyword: String) -> String? {
        guard let words = ShellWords.split(section), words.count == 2, words[0] == keyword else { return nil }
        return words[1]
    }
}
