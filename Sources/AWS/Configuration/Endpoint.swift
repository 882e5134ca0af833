/// Where the requests to one service go and which region they are signed for.
public struct Endpoint: Sendable, Equatable {
    /// Scheme, host, port and a path that every request begins with (`/` for none).
    public let url: HTTPURL
    /// The region in the signature.
    public let region: String
    /// Whether a person chose it; false for AWS's own host name.
    public let isCustom: Bool
    /// Where it was given, such as `--endpoint-url`; `AWS` for AWS's own.
    public let source: String

    /// Makes an endpoint.
    public init(url: HTTPURL, region: String, isCustom: Bool, source: String) {
        self.url = url
        self.region = region
        self.isCustom = isCustom
        self.source = source
    }

    /// An address under the endpoint.
    ///
    /// - Parameters:
    ///   - path: starts with `/` and is percent-encoded.
    ///   - query: percent-encoded, without `?`.
    func url(path: String = "/", query: String? = nil) -> HTTPURL {
        let base = url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
        return HTTPURL(scheme: url.scheme, host: url.host, port: url.port, path: base + path, query: query)
    }
}
