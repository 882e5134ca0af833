internal import Foundation

/// The transport of a machine: URLSession for a request that is alone, libcurl for those beside it.
///
/// FoundationNetworking sometimes stands still between the headers and the body of a request, and does so until the
/// timeout: seen in one of ten runs of fifteen questions at once. So it gets one request at a time, and one that may
/// arrive twice is sent by libcurl as well when no answer has come for a while; the first answer counts. A body that
/// must not arrive twice (calls of task governance, which have no token) is sent by libcurl from the beginning.
public final class LiveTransport: HTTPTransport {
    /// How long URLSession has for itself, in seconds.
    private static let patience: TimeInterval = 4

    private let single = URLSessionTransport()
    private let crowd = CurlTransport()
    private let turn = Turn()

    /// Makes a transport.
    public init() {}

    /// Sends a request.
    ///
    /// - Throws: `TransportError`, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard !request.bypassesProxies else { return try await crowd.send(request) }
        let mayBeSentAgain = request.isRepeatable || request.body.isEmpty
        guard mayBeSentAgain, turn.take() else { return try await crowd.send(request) }
        defer { turn.giveBack() }
        guard !request.body.isEmpty, request.timeout > Self.patience else {
            return try await single.send(request)
        }
        return try await race(request)
    }

    private func race(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await withThrowingTaskGroup(of: HTTPResponse.self) { [single, crowd] group in
            defer { group.cancelAll() }
            group.addTask { try await single.send(request) }
            group.addTask {
                try await Task.sleep(for: .seconds(Self.patience))
                var second = request
                second.timeout -= Self.patience
                return try await crowd.send(second)
            }
            guard let response = try await group.next() else { throw CancellationError() }
            return response
        }
    }
}

/// Whose turn URLSession is.
private final class Turn: @unchecked Sendable {
    private let lock = NSLock()
    private var isTaken = false

    func take() -> Bool {
        lock.withLock {
            defer { isTaken = true }
            return !isTaken
        }
    }

    func giveBack() { lock.withLock { isTaken = false } }
}
