import Foundation
import Testing

@testable import AWS

/// Sends a request with each of the two transports, which must come to the same end; gives what libcurl gave.
struct BothTransports: HTTPTransport {
    private let session: URLSessionTransport
    private let curl: CurlTransport

    init(maximumResponseBytes: Int) {
        session = URLSessionTransport(maximumResponseBytes: maximumResponseBytes)
        // Nothing here speaks TLS, so what the file holds does not count.
        curl = CurlTransport(
            certificateBundle: "/etc/ssl/certs/ca-certificates.crt", maximumResponseBytes: maximumResponseBytes)
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let first = await outcome(session, request)
        let second = await outcome(curl, request)
        switch (first, second) {
        case (.success(let one), .success(let other)):
            #expect(one.status == other.status)
            #expect(one.body.isEmpty == other.body.isEmpty)
        case (.failure(let one as TransportError), .failure(let other as TransportError)):
            #expect(one.kind == other.kind)
            #expect(one.host == other.host)
        case (.failure(let one), .failure(let other)):
            #expect(type(of: one) == type(of: other))
        default:
            Issue.record("\(first) is not \(second)")
        }
        return try second.get()
    }

    private func outcome(_ transport: any HTTPTransport, _ request: HTTPRequest) async -> Result<
        HTTPResponse, any Error
    > {
        do { return .success(try await transport.send(request)) } catch { return .failure(error) }
    }
}
