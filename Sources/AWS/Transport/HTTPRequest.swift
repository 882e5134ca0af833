public import Foundation

/// One HTTP request as it goes on the wire.
public struct HTTPRequest: Sendable, Equatable {
    /// The method in upper case, such as `POST`.
    public var method: String
    /// The address.
    public var url: HTTPURL
    /// The header fields; `Host` and `Content-Length` are left to the transport.
    public var headers: HTTPHeaders
    /// The body; empty when there is none.
    public var body: Data
    /// How long one attempt may take from start to last byte, in seconds. It is not sent.
    public var timeout: TimeInterval
    /// Whether a second arrival does no harm. It is not sent.
    public var isRepeatable = false
    /// Whether it goes straight to its host whatever proxy is set: services of this very machine, such as its
    /// metadata, are reached by no other. It is not sent.
    public var bypassesProxies = false

    /// Makes a request.
    public init(
        method: String, url: HTTPURL, headers: HTTPHeaders = [:], body: Data = Data(), timeout: TimeInterval = 60
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
    }
}
