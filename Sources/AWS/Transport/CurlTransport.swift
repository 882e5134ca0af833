internal import CCurl
internal import Foundation

/// HTTP over libcurl, for what FoundationNetworking, which stands on libcurl too, has no way to do: certificate
/// authorities of a file, and many requests at once.
///
/// No cookies, no cache, no redirects; the address goes on the wire as it is. Proxies come from the environment of the
/// process (`HTTPS_PROXY`, `NO_PROXY`).
public final class CurlTransport: HTTPTransport {
    private let certificateBundle: String?
    private let maximumBytes: Int
    private let handles = CurlHandles()

    /// Makes a transport.
    ///
    /// - Parameters:
    ///   - certificateBundle: a file with certificate authorities, PEM, in place of the system's; `nil` for those.
    ///   - maximumResponseBytes: a response with a larger body is given up as `TransportError.tooLarge`.
    public init(certificateBundle: String? = nil, maximumResponseBytes: Int = 64 << 20) {
        self.certificateBundle = certificateBundle
        maximumBytes = maximumResponseBytes
    }

    /// Sends a request.
    ///
    /// - Throws: `TransportError`, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let exchange = CurlExchange(request, maximumBytes: maximumBytes)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // libcurl blocks, and must not take a thread of the concurrency pool.
                DispatchQueue.global().async { [handles, certificateBundle] in
                    continuation.resume(
                        with: Result {
                            try handles.withHandle(host: request.url.authority) {
                                try exchange.perform($0, certificateBundle: certificateBundle)
                            }
                        })
                }
            }
        } onCancel: {
            exchange.cancel()
        }
    }
}

/// Idle handles of libcurl, kept for their open connections.
private final class CurlHandles: @unchecked Sendable {
    private static let setup = curl_global_init(Int(CURL_GLOBAL_ALL))
    private let lock = NSLock()
    private var idle: [UnsafeMutableRawPointer] = []

    deinit { idle.forEach { curl_easy_cleanup($0) } }

    func withHandle<Value>(host: String, _ body: (UnsafeMutableRawPointer) throws -> Value) throws -> Value {
        guard Self.setup == CURLE_OK, let handle = lock.withLock({ idle.popLast() }) ?? curl_easy_init() else {
            throw TransportError(kind: .cannotConnect, host: host, detail: "libcurl cannot be used")
        }
        defer {
            curl_easy_reset(handle)
            lock.withLock { idle.append(handle) }
        }
        return try body(handle)
    }
}
