import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Collects the parts of each response of a session and hands the whole to the waiting caller, once.
///
/// Its state is only touched under the lock.
final class ExchangeDelegate: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Exchange {
        let host: String
        let continuation: CheckedContinuation<HTTPResponse, any Error>
        var response: HTTPURLResponse?
        var body = Data()
    }

    private let lock = NSLock()
    private let maximumBytes: Int
    private var exchanges: [Int: Exchange] = [:]
    /// Tasks that were given up before they were started.
    private var givenUp: [Int: any Error] = [:]

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// Starts a task; the continuation is resumed when it ends.
    func start(
        _ task: URLSessionDataTask, host: String, _ continuation: CheckedContinuation<HTTPResponse, any Error>
    ) {
        let failure = lock.withLock { () -> (any Error)? in
            if let failure = givenUp.removeValue(forKey: task.taskIdentifier) { return failure }
            exchanges[task.taskIdentifier] = Exchange(host: host, continuation: continuation)
            return nil
        }
        if let failure {
            continuation.resume(throwing: failure)
        } else {
            task.resume()
        }
    }

    /// Gives a task up; nothing happens when it has ended.
    func fail(_ task: URLSessionTask, _ error: any Error) {
        let exchange = lock.withLock { () -> Exchange? in
            if let exchange = exchanges.removeValue(forKey: task.taskIdentifier) { return exchange }
            if task.state == .suspended { givenUp[task.taskIdentifier] = error }
            return nil
        }
        task.cancel()
        exchange?.continuation.resume(throwing: error)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        // A signature is good for one host, so a redirect is an answer for the caller. The response is taken
        // here because Foundation does not report it again.
        lock.withLock { exchanges[task.taskIdentifier]?.response = response }
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        lock.withLock { exchanges[dataTask.taskIdentifier]?.response = response as? HTTPURLResponse }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let (count, host) = lock.withLock { () -> (Int, String) in
            exchanges[dataTask.taskIdentifier]?.body.append(data)
            let exchange = exchanges[dataTask.taskIdentifier]
            return (exchange?.body.count ?? 0, exchange?.host ?? "")
        }
        guard count > maximumBytes else { return }
        fail(dataTask, TransportError(kind: .tooLarge, host: host, detail: "more than \(maximumBytes) bytes"))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = lock.withLock({ exchanges.removeValue(forKey: task.taskIdentifier) }) else { return }
        if let error {
            exchange.continuation.resume(throwing: TransportError(error, host: exchange.host))
        } else if let response = exchange.response {
            exchange.continuation.resume(returning: HTTPResponse(response, body: exchange.body))
        } else {
            let failure = TransportError(kind: .interrupted, host: exchange.host, detail: "there was no answer")
            exchange.continuation.resume(throwing: failure)
        }
    }
}

extension HTTPResponse {
    /// The headers of Foundation have no order, so they are sorted.
    fileprivate init(_ response: HTTPURLResponse, body: Data) {
        let fields = response.allHeaderFields.map { ("\($0.key)", "\($0.value)") }.sorted { $0.0 < $1.0 }
        let headers = HTTPHeaders(fields.map { HTTPHeaders.Field(name: $0.0, value: $0.1) })
        self.init(status: response.statusCode, headers: headers, body: body)
    }
}

extension TransportError {
    /// Names an error of URLSession; the host is added, the address with its query is not.
    fileprivate init(_ error: any Error, host: String) {
        let code = (error as? URLError)?.code
        // libcurl's own sentence: it names hosts and reasons, never headers, queries or bodies.
        let reason = error.localizedDescription
        guard Self.isRefusedHandshake(reason) else {
            self.init(kind: Self.kind(code), host: host, detail: reason)
            return
        }
        let advice = "the certificate authorities are those of the system; AWS_CA_BUNDLE names others"
        self.init(kind: .insecure, host: host, detail: "\(reason); \(advice)")
    }

    /// FoundationNetworking has no codes for failed handshakes, only libcurl's sentence.
    private static func isRefusedHandshake(_ reason: String) -> Bool {
        ["SSL certificate", "SSL peer certificate", "SSL: ", "SSL connect error", "TLS connect error", "OpenSSL/"]
            .contains { reason.hasPrefix($0) }
    }

    private static func kind(_ code: URLError.Code?) -> Kind {
        switch code {
        case .cannotFindHost, .dnsLookupFailed: .unknownHost
        case .cannotConnectToHost: .cannotConnect
        case .timedOut: .timedOut
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            .insecure
        // Anything else may have happened after the request was sent, also an answer that is no HTTP, which
        // URLSession calls an unsupported address.
        default: .interrupted
        }
    }
}
