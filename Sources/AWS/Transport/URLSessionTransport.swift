import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// HTTP over URLSession: no cookies, no cache, no stored credentials, no redirects.
///
/// Proxies come from the environment of the process (`HTTPS_PROXY`, `NO_PROXY`), as libcurl reads it.
public final class URLSessionTransport: HTTPTransport {
    private let session: URLSession
    private let exchanges: ExchangeDelegate

    /// Makes a transport.
    ///
    /// - Parameter maximumResponseBytes: a response with a larger body is given up as `TransportError.tooLarge`.
    public init(maximumResponseBytes: Int = 64 << 20) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        exchanges = ExchangeDelegate(maximumBytes: maximumResponseBytes)
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit {
        session.finishTasksAndInvalidate()
    }

    /// Sends a request.
    ///
    /// - Throws: `TransportError`, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Task.checkCancellation()
        let task = session.dataTask(with: try Self.urlRequest(request))
        let host = request.url.authority
        // URLSession on Linux only bounds the silence between bytes, so the whole attempt is bounded here.
        let deadline = Task { [exchanges] in
            try await Task.sleep(for: .seconds(request.timeout))
            exchanges.fail(task, TransportError(kind: .timedOut, host: host, detail: "\(request.timeout) s"))
        }
        defer { deadline.cancel() }
        let response = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchanges.start(task, host: host, continuation)
            }
        } onCancel: {
            exchanges.fail(task, CancellationError())
        }
        return try Self.checkingLength(response, of: request)
    }

    private static func urlRequest(_ request: HTTPRequest) throws -> URLRequest {
        let host = request.url.authority
        guard let url = URL(string: request.url.description), url.absoluteString == request.url.description else {
            // What is signed must be what is sent, so an address that Foundation would rewrite is refused.
            throw TransportError(kind: .invalidRequest, host: host, detail: "the address has forbidden characters")
        }
        var urlRequest = URLRequest(url: url, timeoutInterval: request.timeout)
        urlRequest.httpMethod = request.method
        urlRequest.httpShouldHandleCookies = false
        if !request.body.isEmpty { urlRequest.httpBody = request.body }
        for field in request.headers.fields {
            let isBroken = (field.name + field.value).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            guard !isBroken else {
                let detail = "the header \(field.name.filter(\.isLetter)) has control characters"
                throw TransportError(kind: .invalidRequest, host: host, detail: detail)
            }
            urlRequest.addValue(field.value, forHTTPHeaderField: field.name)
        }
        // A connection that the other side resets is tried again by libcurl itself when it was used before; it
        // cannot wind FoundationNetworking's body back and stands still until the timeout. A connection a request
        // has no such second try: the reset comes here, and the retry policy decides.
        urlRequest.setValue("close", forHTTPHeaderField: "Connection")
        return urlRequest
    }

    private static func checkingLength(_ response: HTTPResponse, of request: HTTPRequest) throws -> HTTPResponse {
        guard request.method != "HEAD", response.headers["Content-Encoding"] == nil,
            response.isSuccess, response.status != 204,
            let length = response.headers["Content-Length"].flatMap({ Int($0) }), length != response.body.count
        else { return response }
        throw TransportError(
            kind: .interrupted, host: request.url.authority,
            detail: "\(response.body.count) of \(length) bytes arrived")
    }
}
