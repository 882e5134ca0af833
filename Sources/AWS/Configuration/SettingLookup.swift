/// Looks a setting up in the environment first and in the profile after it.
struct SettingLookup {
    let host: HostEnvironment
    let profile: String
    let shared: SharedConfiguration

    /// A variable with its name as the place.
    func variable(_ name: String) -> Sourced<String>? {
        host.variable(name).map { Sourced($0, source: name) }
    }

    /// A setting of the profile.
    func setting(_ key: String) -> Sourced<String>? {
        guard let settings = shared.profiles[profile], let value = settings[key] else { return nil }
        let place = settings.place(of: key).map { ", \($0)" } ?? ""
        return Sourced(value, source: "`\(key)` of profile \(profile)\(place)")
    }

    /// The variable, or else the profile's setting.
    func text(_ variableName: String, _ key: String) -> Sourced<String>? {
        variable(variableName) ?? setting(key)
    }

    /// A setting that is `true` or `false`; false when it is not there.
    ///
    /// - Throws: `ConfigurationError.valueInvalid` for any other text.
    func flag(_ variableName: String, _ key: String) throws -> Bool {
        guard let text = text(variableName, key) else { return false }
        switch text.value.lowercased() {
        case "true": return true
        case "false": return false
        default:
            throw ConfigurationError.valueInvalid(
                name: "the setting", source: text.source, expected: "true or false")
        }
    }
}
