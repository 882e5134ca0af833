internal import CCurl
import Foundation

/// One request and what came back of it. Only the thread that performs it touches its answer.
final class CurlExchange: @unchecked Sendable {
    private let request: HTTPRequest
    private let maximumBytes: Int
    private let lock = NSLock()
    private var isCancelled = false
    private var headers = HTTPHeaders()
    private var body = Data()
    private var isTooLarge = false

    init(_ request: HTTPRequest, maximumBytes: Int) {
        self.request = request
        self.maximumBytes = maximumBytes
    }

    /// Makes `perform` end soon.
    func cancel() { lock.withLock { isCancelled = true } }

    /// Sends the request and waits for the whole answer.
    func perform(_ handle: UnsafeMutableRawPointer, certificateBundle: String?) throws -> HTTPResponse {
        let list = try headerList()
        defer { curl_slist_free_all(list) }
        let context = Unmanaged.passUnretained(self).toOpaque()
        set(handle, certificateBundle: certificateBundle)
        _ = stackgen_curl_set_headers(handle, list)
        setCallbacks(handle, context)
        let code = curl_easy_perform(handle)
        guard code == CURLE_OK else { throw failure(code) }
        return HTTPResponse(status: stackgen_curl_status(handle), headers: headers, body: body)
    }

    private func set(_ handle: UnsafeMutableRawPointer, certificateBundle: String?) {
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1), (CURLOPT_NOPROGRESS, 0),
            (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
            (CURLOPT_TIMEOUT_MS, max(1, Int(request.timeout * 1_000))),
        ]
        for (option, value) in numbers { _ = stackgen_curl_set_long(handle, option, value) }
        _ = stackgen_curl_set_text(handle, CURLOPT_URL, request.url.description)
        if let certificateBundle {
            _ = stackgen_curl_set_text(handle, CURLOPT_CAINFO, certificateBundle)
            // Otherwise the folder of the system's authorities would count beside the file.
            _ = stackgen_curl_set_text(handle, CURLOPT_CAPATH, nil)
        }
        if request.bypassesProxies { _ = stackgen_curl_set_text(handle, CURLOPT_NOPROXY, "*") }
        if request.method == "HEAD" {
            _ = stackgen_curl_set_long(handle, CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || ["POST", "PUT"].contains(request.method) {
            request.body.withUnsafeBytes { bytes in
                _ = stackgen_curl_set_body(handle, bytes.baseAddress ?? UnsafeRawPointer(handle), bytes.count)
            }
        }
        _ = stackgen_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setCallbacks(_ handle: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer) {
        _ = stackgen_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
        _ = stackgen_curl_set_writer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlExchange.at(context)?.take(header: CurlExchange.data(bytes, size * count))
            return size * count
        }
        _ = stackgen_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
        _ = stackgen_curl_set_writer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let isTaken = CurlExchange.at(context)?.take(body: CurlExchange.data(bytes, size * count)) ?? false
            return isTaken ? size * count : 0
        }
        _ = stackgen_curl_set_pointer(handle, CURLOPT_XFERINFODATA, context)
        _ = stackgen_curl_set_progress(handle) { context, _, _, _, _ in
            CurlExchange.at(context)?.wasCancelled == true ? 1 : 0
        }
    }

    private static func data(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Data {
        bytes.map { Data(bytes: $0, count: count) } ?? Data()
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> CurlExchange? {
        context.map { Unmanaged<CurlExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    private var wasCancelled: Bool { lock.withLock { isCancelled } }

    /// A status line begins the headers anew: there may have been a `100 Continue`, or a proxy's own answer.
    private func take(header line: Data) {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text.hasPrefix("HTTP/") {
            headers = HTTPHeaders()
        } else if let colon = text.firstIndex(of: ":") {
            headers.add(
                String(text[..<colon]), text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
    }

    private func take(body bytes: Data) -> Bool {
        body += bytes
        isTooLarge = body.count > maximumBytes
        return !isTooLarge
    }

    private func headerList() throws -> UnsafeMutablePointer<curl_slist>? {
        // libcurl would wait for `100 Continue`, and name a type of its own.
        var lines = ["Expect:"]
        if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for field in request.headers.fields {
            let isBroken = (field.name + field.value).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            guard !isBroken else {
                let detail = "the header \(field.name.filter(\.isLetter)) has control characters"
                throw TransportError(kind: .invalidRequest, host: request.url.authority, detail: detail)
            }
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }

    private func failure(_ code: CURLcode) -> any Error {
        if code == CURLE_ABORTED_BY_CALLBACK { return CancellationError() }
        let host = request.url.authority
        if isTooLarge { return TransportError(kind: .tooLarge, host: host, detail: "more than \(maximumBytes) bytes") }
        return TransportError(kind: Self.kind(code), host: host, detail: String(cString: curl_easy_strerror(code)))
    }

    private static func kind(_ code: CURLcode) -> TransportError.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost
        case CURLE_COULDNT_CONNECT: .cannotConnect
        case CURLE_OPERATION_TIMEDOUT: .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CIPHER:
            .insecure
        case CURLE_URL_MALFORMAT: .invalidRequest
        // An answer that is no HTTP counts as an unsupported protocol.
        default: .interrupted
        }
    }
}
