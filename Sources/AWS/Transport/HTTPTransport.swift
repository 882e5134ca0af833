/// Sends one request and reads one response; never repeats, redirects or signs anything.
public protocol HTTPTransport: Sendable {
    /// Sends a request.
    ///
    /// - Throws: `TransportError` when no whole response came back; every status is a response, not an error.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
