import Foundation

/// Credentials of a container: Amazon ECS (`AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`) and EKS Pod Identity
/// (`AWS_CONTAINER_CREDENTIALS_FULL_URI` with `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`).
///
/// Source: "Container credential provider", AWS SDKs and Tools Reference Guide.
public struct ContainerProvider: CredentialsProvider {
    private static let ecsHost = "169.254.170.2"
    private static let plainHosts: Set<String> = [ecsHost, "169.254.170.23", "[fd00:ec2::23]"]
    private let host: HostEnvironment
    private let transport: any HTTPTransport

    /// Makes a provider.
    public init(host: HostEnvironment, transport: any HTTPTransport) {
        self.host = host
        self.transport = transport
    }

    /// The source's name.
    public var name: String { "container" }

    /// Credentials when one of the two variables is set.
    ///
    /// - Throws: `CredentialsError` when the address is not allowed or does not answer.
    public func credentials() async throws -> Credentials? {
        guard let url = try address() else { return nil }
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let token = try authorization() { headers["Authorization"] = token }
        var request = HTTPRequest(method: "GET", url: url, headers: headers, timeout: 5)
        request.bypassesProxies = true

        let response: HTTPResponse
        do {
            response = try await transport.sendPatiently(request, attempts: 3)
        } catch let error as TransportError {
            throw CredentialsError.unavailable(source: name, problem: error.description, advice: nil)
        }
        guard response.isSuccess, let credentials = MetadataCredentials.read(response.body, source: name) else {
            throw CredentialsError.unavailable(
                source: name, problem: "\(url.authority) answered with status \(response.status) and no credentials",
                advice: nil)
        }
        return credentials
    }

    private func address() throws -> HTTPURL? {
        if let path = host.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard let url = HTTPURL("http://\(Self.ecsHost)\(path)"), url.host == Self.ecsHost else {
                throw CredentialsError.misconfigured(
                    source: name, problem: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not a path")
            }
            return url
        }
        guard let text = host.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        guard let url = HTTPURL(text) else {
            throw CredentialsError.misconfigured(
                source: name, problem: "AWS_CONTAINER_CREDENTIALS_FULL_URI is not an http or https address")
        }
        guard url.scheme == "https" || url.isLoopback || Self.plainHosts.contains(url.host) else {
            throw CredentialsError.misconfigured(
                source: name,
                problem: "AWS_CONTAINER_CREDENTIALS_FULL_URI is plain http to \(url.host), "
                    + "which is neither this machine nor a container agent")
        }
        return url
    }

    /// The token is read anew each time: EKS replaces the file while the container runs.
    private func authorization() throws -> String? {
        var token = host.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        if let file = host.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            guard let data = try? host.readFile(file), let text = String(bytes: data, encoding: .utf8) else {
                throw CredentialsError.unavailable(
                    source: name, problem: "the token file \(file) cannot be read", advice: nil)
            }
            token = text
        }
        guard token?.unicodeScalars.contains(where: { $0 == "\r" || $0 == "\n" }) != true else {
            throw CredentialsError.misconfigured(source: name, problem: "the authorization token has a line break")
        }
        return token
    }
}
