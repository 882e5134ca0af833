/// Why the settings for talking to AWS cannot be used. No case holds a secret.
public enum ConfigurationError: Error, Sendable, Equatable {
    /// A shared file is not in the format of the AWS CLI.
    case unreadableFile(path: String, line: Int, problem: String)
    /// No region was given anywhere.
    case regionMissing
    /// The region is not of the form of a region; `source` says where it was given.
    case regionInvalid(String, source: String)
    /// The named profile is in neither shared file.
    case profileMissing(String, source: String)
    /// A profile names a section that does not exist.
    case sectionMissing(String, profile: String)
    /// An endpoint is not an absolute http or https address.
    case endpointInvalid(String, source: String)
    /// An endpoint is plain http to a host that is not this machine.
    case endpointInsecure(String, source: String)
    /// A setting has a value that is not allowed; `expected` says what is.
    case valueInvalid(name: String, source: String, expected: String)
}

extension ConfigurationError: CustomStringConvertible {
    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unreadableFile(let path, let line, let problem):
            "\(path):\(line): \(problem)"
        case .regionMissing:
            "no region: give --region, set AWS_REGION, or put `region` in the profile"
        case .regionInvalid(let region, let source):
            "`\(region)` (\(source)) is not a region name such as us-east-1"
        case .profileMissing(let profile, let source):
            "the profile `\(profile)` (\(source)) is in neither the shared config nor the credentials file"
        case .sectionMissing(let section, let profile):
            "the profile `\(profile)` refers to [\(section)], which does not exist"
        case .endpointInvalid(let url, let source):
            "`\(url)` (\(source)) is not an address such as https://host"
        case .endpointInsecure(let url, let source):
            "`\(url)` (\(source)) is plain http; that is allowed only to this machine "
                + "(localhost, 127.0.0.0/8, ::1) or with --allow-plain-http"
        case .valueInvalid(let name, let source, let expected):
            "\(name) (\(source)) must be \(expected)"
        }
    }
}
