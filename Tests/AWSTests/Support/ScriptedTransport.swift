import Foundation

@testable import AWS

/// Answers requests from a list, in order, and keeps what it was asked.
final class ScriptedTransport: HTTPTransport, @unchecked Sendable {
    typealias Step = @Sendable (HTTPRequest) throws -> HTTPResponse

    private let lock = NSLock()
    private var steps: [Step]
    private var received: [HTTPRequest] = []

    init(_ steps: [Step]) {
        self.steps = steps
    }

    var requests: [HTTPRequest] { lock.withLock { received } }
    var remaining: Int { lock.withLock { steps.count } }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let step = lock.withLock { () -> Step? in
            received.append(request)
            return steps.isEmpty ? nil : steps.removeFirst()
        }
        guard let step else {
            throw TransportError(kind: .invalidRequest, host: request.url.authority, detail: "the script has ended")
        }
        return try step(request)
    }
}

extension ScriptedTransport {
    static func answer(_ status: Int, _ body: String = "", _ headers: HTTPHeaders = [:]) -> Step {
        { _ in HTTPResponse(status: status, headers: headers, body: Data(body.utf8)) }
    }

    static func failure(_ kind: TransportError.Kind) -> Step {
        { request in throw TransportError(kind: kind, host: request.url.authority, detail: "scripted") }
    }
}
