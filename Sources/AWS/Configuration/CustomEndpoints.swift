/// Finds the endpoints that a person chose, by service identifier.
///
/// The order: `--endpoint-url`, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services`
/// section, the profile's `endpoint_url`. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` leaves only the first.
/// Source: "Service-specific endpoints", AWS SDKs and Tools Reference Guide.
struct CustomEndpoints {
    let options: ClientOptions
    let lookup: SettingLookup

    /// The chosen endpoints; a service that has none is not in the map.
    ///
    /// - Throws: `ConfigurationError` for an address that is none, or that is plain http to another machine.
    func resolve(region: String) throws -> [String: Endpoint] {
        let sections = try serviceSections()
        let isIgnored = try lookup.flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")
        var endpoints: [String: Endpoint] = [:]
        for service in AWSService.all {
            let option = options.endpointURL.map { Sourced($0, source: "--endpoint-url") }
            let found = option ?? (isIgnored ? nil : configured(service, sections))
            if let found { endpoints[service.id] = try endpoint(found, region: service.signingRegion(region)) }
        }
        return endpoints
    }

    private func configured(_ service: AWSService, _ sections: [String: [String: String]]) -> Sourced<String>? {
        if let found = lookup.variable("AWS_ENDPOINT_URL_\(service.id.uppercased())") { return found }
        if let found = lookup.variable("AWS_ENDPOINT_URL") { return found }
        if let url = sections[service.id]?["endpoint_url"], !url.isEmpty {
            return Sourced(url, source: "the services section of profile \(lookup.profile)")
        }
        return lookup.setting("endpoint_url")
    }

    private func serviceSections() throws -> [String: [String: String]] {
        guard let name = lookup.setting("services")?.value else { return [:] }
        guard let sections = lookup.shared.services[name] else {
            throw ConfigurationError.sectionMissing("services \(name)", profile: lookup.profile)
        }
        return sections
    }

    private func endpoint(_ text: Sourced<String>, region: String) throws -> Endpoint {
        guard let url = HTTPURL(text.value), url.query == nil, !text.value.contains(" ") else {
            throw ConfigurationError.endpointInvalid(Self.withoutUserInfo(text.value), source: text.source)
        }
        guard url.scheme == "https" || url.isLoopback || options.allowsPlainHTTP else {
            throw ConfigurationError.endpointInsecure(Self.withoutUserInfo(text.value), source: text.source)
        }
        return Endpoint(url: url, region: region, isCustom: true, source: text.source)
    }

    /// What stands before an `@` may be a password, which belongs in no message.
    private static func withoutUserInfo(_ address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        let scheme = address.firstRange(of: "://").map { String(address[..<$0.upperBound]) } ?? ""
        return scheme + "…" + address[at...]
    }
}
