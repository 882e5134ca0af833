import Foundation

/// The role of the EC2 instance, from its metadata service by version 2 of the protocol (a token first).
///
/// `AWS_EC2_METADATA_DISABLED`, `AWS_EC2_METADATA_SERVICE_ENDPOINT` and
/// `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE` (or the profile's settings of those names) are kept, and so are
/// `AWS_METADATA_SERVICE_TIMEOUT` and `AWS_METADATA_SERVICE_NUM_ATTEMPTS`.
/// Source: "IMDS credential provider", AWS SDKs and Tools Reference Guide.
struct InstanceMetadataProvider: CredentialsProvider {
    let context: CredentialsContext

    var name: String { "EC2 instance metadata" }

    /// Nil when there is no metadata service or the instance has no role.
    func credentials() async throws -> Credentials? {
        guard context.host.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() != "true" else { return nil }
        let base = try endpoint()
        guard let token = try await token(base) else { return nil }
        let rolePath = "/latest/meta-data/iam/security-credentials/"
        guard let list = try await get(rolePath, base, token), list.isSuccess else { return nil }
        let lines = String(bytes: list.body, encoding: .utf8)?.split { $0.isNewline } ?? []
        guard let role = lines.first else { return nil }

        let response = try await get(rolePath + PercentEncoding.encode(String(role)), base, token)
        guard let response, response.isSuccess,
            let credentials = MetadataCredentials.read(response.body, source: "\(name) (role \(role))")
        else {
            throw CredentialsError.unavailable(
                source: name, problem: "the metadata service gave no credentials for the role \(role)",
                advice: nil)
        }
        return credentials
    }

    private func endpoint() throws -> HTTPURL {
        let lookup = context.lookup
        let mode = lookup.text("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode")
        let standard = mode?.value.lowercased() == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"
        let chosen = lookup.text("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        guard let url = HTTPURL(chosen?.value ?? standard) else {
            throw CredentialsError.misconfigured(
                source: name, problem: "\(chosen?.source ?? "the endpoint") is not an http or https address")
        }
        return url
    }

    /// Nil when no metadata service answers: this machine is then no EC2 instance.
    private func token(_ base: HTTPURL) async throws -> String? {
        let headers: HTTPHeaders = ["X-aws-ec2-metadata-token-ttl-seconds": "21600"]
        let response = try await attempt("PUT", "/latest/api/token", base, headers)
        guard let response, response.isSuccess else { return nil }
        return String(bytes: response.body, encoding: .utf8)
    }

    private func get(_ path: String, _ base: HTTPURL, _ token: String) async throws -> HTTPResponse? {
        try await attempt("GET", path, base, ["X-aws-ec2-metadata-token": token])
    }

    private func attempt(
        _ method: String, _ path: String, _ base: HTTPURL, _ headers: HTTPHeaders
    ) async throws -> HTTPResponse? {
        let url = HTTPURL(scheme: base.scheme, host: base.host, port: base.port, path: path)
        // One attempt of one second, as the AWS CLI has it: elsewhere the address leads nowhere.
        let seconds = try number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout")
        let attempts = try number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts")
        var request = HTTPRequest(method: method, url: url, headers: headers, timeout: Double(seconds))
        request.bypassesProxies = true
        do {
            return try await context.transport.sendPatiently(request, attempts: attempts)
        } catch is TransportError {
            return nil
        }
    }

    /// A setting that is a whole number from 1 to 100; 1 when it is not there.
    private func number(_ variable: String, _ key: String) throws -> Int {
        guard let setting = context.lookup.text(variable, key) else { return 1 }
        guard let number = Int(setting.value), (1...100).contains(number) else {
            throw CredentialsError.misconfigured(
                source: name, problem: "\(setting.source) is not a whole number from 1 to 100")
        }
        return number
    }
}
